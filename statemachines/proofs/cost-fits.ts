// What Step Functions asks for a run is small beside what the run may spend; where it is not, the phases are cut too finely.

import type { Rule } from './rule.ts';
import { runCost } from './transitions.ts';

/** Of the run's budget, in percent. */
export const MOST_PERCENT = 10;

export const costFits: Rule = {
  id: 'cost-fits',
  check({ definitions, phases }) {
    const budget = phases.reduce((sum, phase) => sum + phase.budget.usdMicros, 0);
    const { transitions, usdMicros } = runCost({ definitions, phases });
    if (phases.length === 0 || usdMicros * 100 <= budget * MOST_PERCENT) return [];
    return [
      {
        machine: 'run',
        found: `${usdMicros} micro-USD for ${transitions} transitions of a run`,
        limit: `${MOST_PERCENT} % of its budget of ${budget} micro-USD`,
        fix: 'raise the budgets of its phases, or let fewer agents do the work',
      },
    ];
  },
};
