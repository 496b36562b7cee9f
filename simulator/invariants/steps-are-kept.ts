import type { Invariant } from './invariant.ts';

export const stepsAreKept: Invariant = {
  id: 'steps-are-kept',
  says: 'a step that was finished keeps its result',
  kinds: ['STEP'],
  onChange({ before, after }) {
    if (before?.payload === undefined) return undefined;
    return JSON.stringify(before.payload) === JSON.stringify(after?.payload)
      ? undefined
      : 'it was finished again, or lost its result';
  },
};
