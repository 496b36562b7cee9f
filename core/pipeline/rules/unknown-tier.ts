// A phase and an agent ask for a model tier that the pipeline declares.

import type { Rule } from '../rule.ts';
import { oneOf, suggest } from '../suggest.ts';

export const unknownTier: Rule = {
  id: 'unknown-tier',
  check(draft) {
    const words = draft.tiers;
    if (words === undefined) return [];
    return draft.phases
      .flatMap(({ tier, agents }) => [tier, ...agents.map((agent) => agent.tier)].flatMap((one) => one ?? []))
      .filter(({ value }) => !words.includes(value))
      .map(({ value, at }) => ({
        at,
        found: value,
        expected: oneOf(words),
        message: 'the pipeline declares no model for the tier',
        suggestion: suggest(value, words),
      }));
  },
};
