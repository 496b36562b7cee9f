// A task whose batch was made smaller works through its shard a few items at a time: each pass is a run of the agent over
// its own part, with steps of its own, so that what a later try loses is one part. The parts' results are put together as
// the phase puts its shards together.

import type { AgentResult } from '../../agents/sdk/agent.ts';
import type { Shard } from '../../agents/sdk/context.ts';
import type { Json } from '../../core/json.ts';
import type { Aggregation } from '../../core/pipeline/model.ts';
import { packDirectories, shrinkList } from '../../core/resilience/shrink.ts';
import { aggregate } from '../../core/scheduling/aggregate.ts';
import type { TaskRow } from '../../store/task-row.ts';
import type { Finished } from './finish.ts';

export interface Pass {
  readonly shard: Shard | null;
  /** Keeps the steps of one way of working apart from those of another. */
  readonly variant: string;
}

/**
 * One pass over everything, unless the task is to work in smaller batches, or its items are files of more code than one
 * pass should read: those are packed by whole directories and their real line counts (spec §3).
 */
export function passesOf(row: Pick<TaskRow, 'strict' | 'batchSize'>, shard: Shard | null): Pass[] {
  const variant = row.strict ? 'strict' : 'plain';
  if (shard === null) return [{ shard, variant }];
  const parts = row.batchSize === undefined ? packed(shard.items) : bySize(shard.items, row.batchSize);
  if (parts.length <= 1) return [{ shard, variant }];
  const how = row.batchSize ?? 'packed';
  return parts.map((items, index) => ({ shard: { ...shard, items }, variant: `${variant}.${how}.${index + 1}` }));
}

const bySize = (items: readonly Json[], size: number): (readonly Json[])[] =>
  items.length <= size ? [items] : shrinkList(items, size);

/** In one piece where they are no files. */
function packed(items: readonly Json[]): (readonly Json[])[] {
  const files = items.filter(isFile);
  if (files.length === 0 || files.length < items.length) return [items];
  const byPath = new Map(files.map((file) => [file.path, file]));
  if (byPath.size < files.length) return [items];
  const counted = files.map(({ path, text }) => ({ path, lines: linesOf(text) }));
  return packDirectories(counted).map((pack) => pack.files.map(({ path }) => byPath.get(path) as Json));
}

const isFile = (item: Json): item is { path: string; text: string } =>
  typeof item === 'object' &&
  item !== null &&
  !Array.isArray(item) &&
  typeof item.path === 'string' &&
  typeof item.text === 'string';

const linesOf = (text: string): number => (text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0));

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
