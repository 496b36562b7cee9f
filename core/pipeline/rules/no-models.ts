// At least one tier is declared: the first is the default of every agent.

import type { Rule } from '../rule.ts';

export const noModels: Rule = {
  id: 'no-models',
  check(draft) {
    if (draft.tiers === undefined || draft.tiers.length > 0) return [];
    const expected = 'at least one tier, such as standard: {provider: offline, model: extractive}';
    return [{ at: ['models'], found: 'no tier', expected, message: 'no model is declared' }];
  },
};
