import type { Invariant } from './invariant.ts';

export const timersFireOnce: Invariant = {
  id: 'timers-fire-once',
  says: 'a timer that fired or was cancelled does so once for each time it was armed for',
  kinds: ['TIMER'],
  onChange({ before, after }) {
    if (before === undefined || after === undefined || before.status === after.status) return undefined;
    if (before.status === 'armed') return undefined;
    return after.status === 'armed' ? undefined : `${before.status} became ${after.status}`;
  },
};
