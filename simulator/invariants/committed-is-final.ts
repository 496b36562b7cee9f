import type { Invariant } from './invariant.ts';

const KEPT = ['status', 'try', 'committedAt', 'done', 'spentTokens', 'spentUsdMicros'] as const;

export const committedIsFinal: Invariant = {
  id: 'committed-is-final',
  says: 'a completed task never becomes anything else, and its result never changes',
  kinds: ['TASK'],
  onChange({ before, after }) {
    if (before?.status !== 'committed') return undefined;
    if (after === undefined) return 'a committed task was deleted';
    const changed = KEPT.find((name) => before[name] !== after[name]);
    if (changed !== undefined) return `${changed} was ${before[changed]} and became ${after[changed]}`;
    if (before.result?.sha256 !== after.result?.sha256) return 'a second result took the place of the first';
    return undefined;
  },
};
