// Guards and weights name criteria that somebody can evaluate.

import type { Rule } from '../rule.ts';
import { oneOf, suggest } from '../suggest.ts';

export const unknownCriterion: Rule = {
  id: 'unknown-criterion',
  check(draft, known) {
    const guards = known.guards && Object.keys(known.guards);
    return draft.phases.flatMap((phase) => [
      ...phase.guards.flatMap(({ criterion }) => finding(criterion.value, criterion.at, guards, 'guard')),
      ...phase.weights.flatMap(({ value, at }) => finding(value.criterion, at, known.criteria, 'criterion')),
    ]);
  },
};

function finding(found: string, at: readonly (string | number)[], words: readonly string[] | undefined, what: string) {
  if (words === undefined || words.includes(found)) return [];
  const message = `there is no such ${what}`;
  return [{ at, found, expected: oneOf(words), message, suggestion: suggest(found, words) }];
}
