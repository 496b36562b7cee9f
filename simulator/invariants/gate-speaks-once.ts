import type { Invariant } from './invariant.ts';

export const gateSpeaksOnce: Invariant = {
  id: 'gate-speaks-once',
  says: 'what a gate said of an attempt never changes',
  kinds: ['ATTEMPT'],
  onChange({ before, after }) {
    if (before?.status !== 'gated') return undefined;
    if (after?.verdict !== before.verdict || after?.score !== before.score) return 'its verdict changed';
    return after?.report?.sha256 === before.report?.sha256 ? undefined : 'its report changed';
  },
};
