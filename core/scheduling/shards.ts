// Splits a long list input into batches, each its own task.

import { BadInput } from '../errors.ts';
import type { PipelineAgent } from '../pipeline/model.ts';
import type { TaskShard, TaskSpec } from './task-spec.ts';

/** Digits of a shard's number in a task id: 9,999 shards sort as they are numbered. */
const SHARD_DIGITS = 4;

/**
 * `length` items in batches of at most `size`, in order, every item in exactly one.
 * An empty list is one empty shard: its agent still has to say that there was nothing to do.
 */
export function shardsOf(over: string, length: number, size: number): TaskShard[] {
  if (!Number.isInteger(size) || size < 1)
    throw new BadInput(`shards of ${over}: expected a size of 1 or more, found ${size}`);
  if (!Number.isInteger(length) || length < 0)
    throw new BadInput(`shards of ${over}: expected a length, found ${length}`);
  const count = Math.max(1, Math.ceil(length / size));
  return Array.from({ length: count }, (_, index) => ({
    index,
    count,
    over,
    start: index * size,
    end: Math.min(length, (index + 1) * size),
  }));
}

/** The tasks of one agent: one, or one for each shard of its list. @throws BadInput when the list's length is not given. */
export function tasksOf(agent: PipelineAgent, listLengths: Readonly<Record<string, number>>): TaskSpec[] {
  const common = { agent: agent.id, tier: agent.tier, tools: agent.tools };
  if (agent.shard === undefined) return [{ id: agent.id, ...common, shard: null }];
  const { over, size } = agent.shard;
  const length = listLengths[over];
  if (length === undefined) throw new BadInput(`agent ${agent.id} shards ${over}: expected its length, found none`);
  return shardsOf(over, length, size).map((shard) => ({
    id: shard.count === 1 ? agent.id : `${agent.id}.${String(shard.index + 1).padStart(SHARD_DIGITS, '0')}`,
    ...common,
    shard,
  }));
}
