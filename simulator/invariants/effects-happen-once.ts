import type { Invariant } from './invariant.ts';

export const effectsHappenOnce: Invariant = {
  id: 'effects-happen-once',
  says: 'an outside effect is intended before it happens, happens once, and its record stays',
  kinds: ['EFFECT'],
  onChange({ before, after }) {
    if (before === undefined) return after?.status === 'intended' ? undefined : `it began as ${after?.status}`;
    if (after === undefined) return 'its record was deleted';
    if (before.status === 'done' && after.status === 'intended') return 'done, and intended again';
    return before.key === after.key ? undefined : 'its key changed';
  },
  atEnd(end) {
    const intents = new Set(end.of('EFFECT').map((row) => row.key));
    return [...end.acts].flatMap(([key, times]) => [
      ...(times > 1 ? [`${key} was carried out ${times} times`] : []),
      ...(intents.has(key) ? [] : [`${key} was carried out without an intent on record`]),
    ]);
  },
};
