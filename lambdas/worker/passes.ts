// A task whose batch was made smaller works through its shard a few items at a time: each pass is a run of the agent over
// its own part, with steps of its own, so that what a later try loses is one part. The parts' results are put together as
// the phase puts its shards together.

import type { AgentResult } from '../../agents/sdk/agent.ts';
import type { Shard } from '../../agents/sdk/context.ts';
import type { Json } from '../../core/json.ts';
import type { Aggregation } from '../../core/pipeline/model.ts';
import { shrinkList } from '../../core/resilience/shrink.ts';
import { aggregate } from '../../core/scheduling/aggregate.ts';
import type { TaskRow } from '../../store/task-row.ts';
import type { Finished } from './finish.ts';

export interface Pass {
  readonly shard: Shard | null;
  /** Keeps the steps of one way of working apart from those of another. */
  readonly variant: string;
}

/** One pass over everything, unless the task is to work in smaller batches. */
export function passesOf(row: Pick<TaskRow, 'strict' | 'batchSize'>, shard: Shard | null): Pass[] {
  const variant = row.strict ? 'strict' : 'plain';
  const size = row.batchSize ?? Number.POSITIVE_INFINITY;
  if (shard === null || shard.items.length <= size) return [{ shard, variant }];
  return shrinkList(shard.items, size).map((items, index) => ({
    shard: { ...shard, items },
    variant: `${variant}.${size}.${index + 1}`,
  }));
}

export function together(aggregation: Aggregation, parts: readonly Finished[]): Finished {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const said = parts.map(({ result }) => result.done).filter((done) => done !== undefined);
  const artifacts = aggregate(
    aggregation,
    parts.map(({ result }) => result.artifacts as Json),
  ) as AgentResult['artifacts'];
  return {
    result: { artifacts, ...(said.length === 0 ? {} : { done: said.every(Boolean) }) },
    steps: parts.flatMap(({ steps }, index) => steps.map((step) => ({ ...step, name: `${index + 1}: ${step.name}` }))),
  };
}
