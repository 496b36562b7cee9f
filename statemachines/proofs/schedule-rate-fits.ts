// A run sets its deadline when it opens, and a phase that waits for a person its reminder: at most as many at once as phases can
// stand side by side.

import type { Flow, State } from '../asl.ts';
import { QUOTAS } from './quotas.ts';
import type { Rule } from './rule.ts';

export const scheduleRateFits: Rule = {
  id: 'schedule-rate-fits',
  check({ definitions }) {
    const schedules = 1 + widthOf(definitions.run);
    if (schedules <= QUOTAS.schedules.perSecond) return [];
    return [
      {
        machine: 'run',
        found: `${schedules} schedules made within a second`,
        limit: `${QUOTAS.schedules.perSecond} of CreateSchedule`,
        fix: 'let fewer phases run side by side',
      },
    ];
  },
};

/** Nested executions of a flow that may be open together. */
function widthOf(flow: Flow): number {
  return Math.max(...Object.values(flow.States).map(widthOfState));
}

function widthOfState(state: State): number {
  if (state.Type === 'Task') return 1;
  const branches: readonly Flow[] = state.Branches ?? [];
  return branches.reduce((sum, branch) => sum + widthOf(branch), 0);
}
