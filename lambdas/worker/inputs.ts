// What an agent may read: the idea, the artifacts of earlier phases, what earlier waves have made, the round before.
// Loaded whole before the agent starts, so that its reads are plain calls.

import type { AgentInput, Shard } from '../../agents/sdk/context.ts';
import { BadInput, IdeaMineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { type ArtifactRef, getEnvelope } from '../../store/artifacts.ts';
import { objects } from '../../store/keys.ts';
import { type Bucket, getText } from '../../store/objects.ts';
import { getObject } from '../../store/payload.ts';
import type { TaskRow } from '../../store/task-row.ts';
import { listAt } from '../list-at.ts';
import type { Keep } from './kept-objects.ts';

export interface Inputs {
  readonly input: AgentInput;
  readonly shard: Shard | null;
}

/** @throws IdeaMineError `IdeaMine.Corrupt` when something that was written is not there. */
export async function loadInputs(bucket: Bucket, keep: Keep, row: TaskRow): Promise<Inputs> {
  const { runId } = row;
  const idea = await keep(`idea of ${runId}`, () => getText(bucket, objects.idea(runId)));
  if (idea === undefined) throw new IdeaMineError('IdeaMine.Corrupt', `the idea of run ${runId} is gone`);
  const handedOn = await Promise.all(
    Object.entries(row.inputs).map(
      async ([type, ref]) => [type, (await keep(ref.sha256, () => getEnvelope(bucket, runId, ref))).content] as const,
    ),
  );
  const contents = new Map<string, Json>(handedOn);
  const made = await contentsOf(bucket, keep, runId, row.made);
  for (const [type, content] of Object.entries(made ?? {})) contents.set(type, content);
  const input: AgentInput = {
    idea,
    artifact<T>(type: string): T {
      const content = contents.get(type);
      if (content === undefined) {
        throw new IdeaMineError('IdeaMine.MissingArtifact', `task ${row.task} reads ${type}, which nobody has made`);
      }
      return structuredClone(content) as T;
    },
    has: (type) => contents.has(type),
    previous: structuredClone(await contentsOf(bucket, keep, runId, row.previous)),
  };
  return { input, shard: shardOf(row, contents) };
}

async function contentsOf(
  bucket: Bucket,
  keep: Keep,
  runId: string,
  ref: ArtifactRef | null,
): Promise<{ [type: string]: Json } | null> {
  return ref === null
    ? null
    : ((await keep(ref.sha256, () => getObject(bucket, runId, ref))) as { [type: string]: Json });
}

function shardOf(row: TaskRow, contents: ReadonlyMap<string, Json>): Shard | null {
  if (row.shard === null) return null;
  const { over, index, count, start, end } = row.shard;
  const list = listAt(contents, over);
  if (list === undefined) throw new BadInput(`task ${row.task} shards ${over}: expected a list, found none`);
  return { index, count, items: structuredClone(list.slice(start, end)) };
}
