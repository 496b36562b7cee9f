// Every tool an agent may use exists.

import type { Rule } from '../rule.ts';
import { oneOf, suggest } from '../suggest.ts';

export const unknownTool: Rule = {
  id: 'unknown-tool',
  check(draft, known) {
    const words = known.tools;
    if (words === undefined) return [];
    return draft.phases
      .flatMap(({ agents }) => agents.flatMap(({ tools }) => tools))
      .filter(({ value }) => !words.includes(value))
      .map(({ value, at }) => ({
        at,
        found: value,
        expected: oneOf(words),
        message: 'there is no such tool',
        suggestion: suggest(value, words),
      }));
  },
};
