import type { Invariant } from './invariant.ts';

export const handedOnIsFinal: Invariant = {
  id: 'handed-on-is-final',
  says: 'a phase that was handed on stays so',
  kinds: ['PHASE'],
  onChange({ before, after }) {
    if (before?.status !== 'handed-on') return undefined;
    if (after?.status !== 'handed-on') return `it became ${after?.status ?? 'nothing'}`;
    return after.verdict === before.verdict && after.attempt === before.attempt ? undefined : 'its verdict changed';
  },
};
