// Every tier names a model provider of this installation: a worker could ask no other.

import type { Rule } from '../rule.ts';
import { oneOf, suggest } from '../suggest.ts';

export const unknownProvider: Rule = {
  id: 'unknown-provider',
  check(draft, known) {
    const words = known.providers;
    if (words === undefined) return [];
    return draft.providers
      .filter(({ value }) => !words.includes(value))
      .map(({ value, at }) => ({
        at,
        found: value,
        expected: oneOf(words),
        message: 'there is no such model provider',
        suggestion: suggest(value, words),
      }));
  },
};
