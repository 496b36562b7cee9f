// A custom aggregation is one that somebody wrote.

import type { Rule } from '../rule.ts';
import { oneOf, suggest } from '../suggest.ts';

export const unknownAggregation: Rule = {
  id: 'unknown-aggregation',
  check(draft, known) {
    const words = known.aggregations;
    if (words === undefined) return [];
    return draft.phases
      .flatMap(({ customAggregation }) => customAggregation ?? [])
      .filter(({ value }) => !words.includes(value))
      .map(({ value, at }) => ({
        at,
        found: value,
        expected: oneOf(words),
        message: 'there is no such custom aggregation',
        suggestion: suggest(value, words),
      }));
  },
};
