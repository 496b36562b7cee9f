// What a run looks like at one moment, read from the store's rows: what progress, status and results are made of.

import { type AttemptRow, listAttempts } from '../store/attempts.ts';
import { listPhases, type PhaseRow } from '../store/phases.ts';
import { getRun, type RunRow } from '../store/runs.ts';
import { listTasks, type TaskRow } from '../store/task-row.ts';
import type { Stage } from './stage.ts';

export interface Snapshot {
  readonly run: RunRow;
  /** In order of start. */
  readonly phases: readonly PhaseRow[];
  readonly attempts: readonly AttemptRow[];
  readonly tasks: readonly TaskRow[];
}

/** @returns undefined when there is no such run (yet). */
export async function readSnapshot(stage: Stage, runId: string): Promise<Snapshot | undefined> {
  const run = await getRun(stage.table, runId);
  if (run === undefined) return undefined;
  const [phases, attempts, tasks] = await Promise.all([
    listPhases(stage.table, runId),
    listAttempts(stage.table, runId),
    listTasks(stage.table, runId),
  ]);
  const ordered = phases.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0));
  return { run, phases: ordered, attempts, tasks };
}

export interface Spent {
  readonly usdMicros: number;
  readonly tokens: number;
}

/** Leaves sum to phases, phases to the run: there is no other count. */
export function spentBy(tasks: readonly TaskRow[]): Spent {
  return {
    usdMicros: tasks.reduce((sum, task) => sum + task.spentUsdMicros, 0),
    tokens: tasks.reduce((sum, task) => sum + task.spentTokens, 0),
  };
}
