// A round holds no more agents one after another than its execution's history is proven for. What is pushed to a deployed stage is
// held to it too.

import { MOST_AGENTS_IN_TURN } from '../model.ts';
import type { Rule } from '../rule.ts';

export const longTurns: Rule = {
  id: 'long-turns',
  check: (draft) =>
    draft.phases
      .filter(({ oneByOne, agents }) => oneByOne && agents.length > MOST_AGENTS_IN_TURN)
      .map(({ at, agents }) => ({
        at: [...at, 'agents'],
        found: `${agents.length} agents`,
        expected: `${MOST_AGENTS_IN_TURN} at most; split the phase, or let them work side by side`,
        message: 'too many agents work one after another',
      })),
};
