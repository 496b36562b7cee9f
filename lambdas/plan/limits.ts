// Times and sizes a plan gives to its tasks and waves.

import type { Phase, PipelineAgent } from '../../core/pipeline/model.ts';

/** Tasks an inline Map may hold; the history proof of the machines counts with it. */
export const INLINE_TASKS = 40;

/** Least seconds a task may take, its wait in the queue included. */
const LEAST_SECONDS = 900;
/** Most seconds a living task may be unheard, its wait in the queue included. */
const MOST_SILENT_SECONDS = 3600;

export interface Times {
  readonly timeoutSeconds: number;
  /** Less than the time-out: the fast detector of a dead worker is the sweep, this one covers the queue. */
  readonly heartbeatSeconds: number;
}

export function timesOf(phase: Phase, agent: PipelineAgent): Times {
  const paceSeconds = Math.ceil((agent.paceMs ?? 0) / 1000);
  const timeoutSeconds = Math.max(LEAST_SECONDS, phase.budget.wallMinutes * 60, 2 * paceSeconds);
  return {
    timeoutSeconds: Math.ceil(timeoutSeconds),
    heartbeatSeconds: Math.min(MOST_SILENT_SECONDS, Math.floor(timeoutSeconds / 2)),
  };
}
