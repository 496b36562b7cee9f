// The weights of a gate sum to exactly 1: counted in millionths, so that .1 + .2 is .3.

import type { Rule } from '../rule.ts';

const MILLIONTHS = 1_000_000;

export const weightsSum: Rule = {
  id: 'weights-sum',
  check(draft) {
    return draft.phases.flatMap(({ at, weights, weightsWhole }) => {
      const sum = weights.reduce((total, { value }) => total + Math.round(value.share * MILLIONTHS), 0);
      if (!weightsWhole || sum === MILLIONTHS) return [];
      const message = 'the weights of the gate do not sum to 1';
      return [
        { at: [...at, 'gate', 'weights'], found: `a sum of ${sum / MILLIONTHS}`, expected: 'a sum of 1', message },
      ];
    });
  },
};
