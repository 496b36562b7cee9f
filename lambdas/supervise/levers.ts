// What the next try of a task can do otherwise, as its row and its pipeline stand.

import type { Pipeline } from '../../core/pipeline/model.ts';
import { modelLadder } from '../../core/resilience/model-ladder.ts';
import type { Levers } from '../../core/resilience/tactics.ts';
import { agentIn } from '../../core/scheduling/stages.ts';
import type { TaskRow } from '../../store/task-row.ts';
import { phaseOf } from '../pinned.ts';

export function leversOf(row: TaskRow, pipeline: Pipeline): Levers {
  const tier = agentIn(phaseOf(pipeline, row.phase), row.agent)?.tier;
  const rungs = tier === undefined ? 0 : modelLadder(pipeline.models, tier).length - 1;
  return {
    batch: row.shard === null ? null : (row.batchSize ?? row.shard.end - row.shard.start),
    rungsLeft: Math.max(0, rungs - (row.rung ?? 0)),
    strict: row.strict,
  };
}
