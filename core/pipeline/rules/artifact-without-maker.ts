// What a phase needs is the idea, or another phase makes it.

import { IDEA } from '../model.ts';
import type { Rule } from '../rule.ts';
import { oneOf, suggest } from '../suggest.ts';

export const artifactWithoutMaker: Rule = {
  id: 'artifact-without-maker',
  check(draft) {
    if (!draft.makersWhole) return [];
    const made = [IDEA, ...draft.phases.flatMap(({ makes }) => makes.map(({ value }) => value))];
    return draft.phases
      .flatMap(({ needs }) => needs)
      .filter(({ value }) => !made.includes(value))
      .map(({ value, at }) => ({
        at,
        found: value,
        expected: oneOf(made),
        message: 'nobody makes the needed artifact',
        suggestion: suggest(value, made),
      }));
  },
};
