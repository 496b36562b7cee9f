// A pipeline has phases.

import type { Rule } from '../rule.ts';

export const noPhases: Rule = {
  id: 'no-phases',
  check(draft) {
    if (draft.phases.length > 0 || !draft.makersWhole) return [];
    return [{ at: ['phases'], found: 'no phase', expected: 'at least one phase', message: 'there is nothing to run' }];
  },
};
