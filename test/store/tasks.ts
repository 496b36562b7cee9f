// A planned task for tests of the store.

import type { PlannedTask } from '../../store/task-row.ts';

export function plannedTask(change: Partial<PlannedTask> = {}): PlannedTask {
  return {
    runId: 'r1',
    phase: 'intake',
    attempt: 1,
    round: 1,
    wave: 1,
    task: 'constraints',
    agent: 'constraints',
    workerClass: 'models',
    idempotencyKey: 'a'.repeat(64),
    shard: null,
    inputs: {},
    made: null,
    previous: null,
    strict: false,
    budgetTokens: 1000,
    budgetToolMs: 0,
    budgetUsdMicros: 500,
    staleMs: 180_000,
    timeoutSeconds: 900,
    heartbeatSeconds: 450,
    ...change,
  };
}
