// Every agent is in the catalogue.

import type { Rule } from '../rule.ts';
import { oneOf, suggest } from '../suggest.ts';

export const unknownAgent: Rule = {
  id: 'unknown-agent',
  check(draft, known) {
    const words = known.agentIds;
    if (words === undefined) return [];
    return draft.phases
      .flatMap(({ agents }) => agents.flatMap(({ id }) => id ?? []))
      .filter(({ value }) => !words.includes(value))
      .map(({ value, at }) => ({
        at,
        found: value,
        expected: oneOf(words),
        message: 'the catalogue has no such agent',
        suggestion: suggest(value, words),
      }));
  },
};
