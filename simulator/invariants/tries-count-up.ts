import type { Invariant } from './invariant.ts';

/** Tries of one task over all classes of errors, lost workers and stalls included. */
const MOST = 60;

export const triesCountUp: Invariant = {
  id: 'tries-count-up',
  says: 'tries of a task count up one by one, within the bound of the retry rules',
  kinds: ['TASK'],
  onChange({ before, after }) {
    if (before === undefined || after === undefined || before.try === after.try) return undefined;
    if (after.try !== before.try + 1) return `try ${before.try} was followed by ${after.try}`;
    return after.try > MOST ? `try ${after.try}` : undefined;
  },
};
