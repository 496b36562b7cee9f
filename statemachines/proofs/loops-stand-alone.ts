// Loops stand only at the top of a machine, where the history proof can bound their turns; a loop inside a branch or a
// Map would be counted once.

import { flowsOf } from '../asl.ts';
import { loopingStates } from '../flow-graph.ts';
import { machinesOf, type Rule } from './rule.ts';

export const loopsStandAlone: Rule = {
  id: 'loops-stand-alone',
  check: (proven) =>
    machinesOf(proven).flatMap(([machine, definition]) =>
      flowsOf(definition)
        .filter(({ path }) => path.length > 0)
        .flatMap(({ flow, path }) =>
          [...loopingStates(flow)].map((state) => ({
            machine,
            state,
            found: `a loop inside ${path.join(' / ')}`,
            limit: 'loops at the top of a machine only',
            fix: 'make the loop a nested execution',
          })),
        ),
    ),
};
