// A new attempt does not pay again for work that would be the same: an agent that reads what it read before, is asked as it was
// asked before and was told of no issue keeps its result.

import type { Agent } from '../../agents/sdk/agent.ts';
import { type Directions, issuesFor } from '../../core/gates/directions.ts';
import { canonicalJson, type Json } from '../../core/json.ts';
import type { AttemptRow } from '../../store/attempts.ts';
import { taskPath } from '../../store/keys.ts';
import type { Table } from '../../store/table.ts';
import { reuseTask } from '../../store/task-reuse.ts';
import type { PlannedTask, TaskRow } from '../../store/task-row.ts';
import { decision } from '../entries.ts';

/** The newest committed task of an earlier attempt that did the same work; undefined when it has to be done. */
export function sameWork(
  task: PlannedTask,
  agent: Agent,
  { stage, directions, fixes }: AttemptRow,
  rows: readonly TaskRow[],
): TaskRow | undefined {
  // An attempt without fixes repeats one that broke off, or that a person wants done again.
  if (stage || directions === undefined || fixes.length === 0) return undefined;
  if (isTouched(agent, directions)) return undefined;
  const work = workOf(task);
  return rows.findLast(
    (row) => row.attempt < task.attempt && row.status === 'committed' && row.result && workOf(row) === work,
  );
}

const isTouched = (agent: Agent, directions: Directions): boolean =>
  directions.rerun.includes('*') ||
  directions.rerun.includes(agent.id) ||
  directions.scope < 1 ||
  issuesFor(directions, agent.makes).length > 0;

const workOf = ({ agent, round, shard, inputs, made, previous, strict }: PlannedTask): string =>
  canonicalJson({
    agent,
    round,
    shard: shard as unknown as Json,
    inputs: inputs as unknown as Json,
    made: made as unknown as Json,
    previous: previous as unknown as Json,
    strict,
  });

export function reuse(table: Table, task: PlannedTask, earlier: TaskRow, at: string): Promise<boolean> {
  return reuseTask(table, task, earlier, at, {
    id: `reused.${taskPath(task)}`,
    at,
    entries: [
      decision('plan', {
        phase: task.phase,
        attempt: task.attempt,
        task: task.task,
        decided: 'result kept',
        because: `its input is that of attempt ${earlier.attempt}`,
        result: earlier.result?.sha256 ?? null,
      }),
    ],
  });
}
