// What the next try of a task can do otherwise, as its row and its phase stand.

import type { Phase } from '../../core/pipeline/model.ts';
import type { Levers } from '../../core/resilience/tactics.ts';
import type { TaskRow } from '../../store/task-row.ts';

export function leversOf(row: TaskRow, phase: Phase): Levers {
  const tools = phase.agents.find(({ id }) => id === row.agent)?.tools.length ?? 0;
  return {
    batch: row.shard === null ? null : (row.batchSize ?? row.shard.end - row.shard.start),
    rungsLeft: Math.max(0, tools - 1 - (row.rung ?? 0)),
    strict: row.strict,
  };
}
