// Pipelines in the bucket: each behaviour by its hash, and which one is current. A run keeps its own by hash for good.

import { IdeaMineError } from '../core/errors.ts';
import { canonicalJson, hashOf } from '../core/json.ts';
import type { PinnedPipeline } from '../core/pipeline/model.ts';
import { objects } from './keys.ts';
import { type Bucket, getText, putText } from './objects.ts';

/** Hash of the pushed behaviour, or undefined when none was pushed. */
export async function currentPipelineHash(bucket: Bucket, name: string): Promise<string | undefined> {
  const text = await getText(bucket, objects.currentPipeline(name));
  return text?.trim();
}

export async function putPipeline(bucket: Bucket, pinned: PinnedPipeline): Promise<void> {
  const key = objects.pipeline(pinned.pipeline.name, pinned.hash);
  await putText(bucket, key, canonicalJson(pinned), 'application/json');
}

/** Makes a pushed behaviour the one that new runs are given. */
export async function setCurrentPipeline(bucket: Bucket, pinned: PinnedPipeline): Promise<void> {
  await putPipeline(bucket, pinned);
  await putText(bucket, objects.currentPipeline(pinned.pipeline.name), pinned.hash, 'text/plain');
}

export const isPushed = async (bucket: Bucket, name: string, hash: string): Promise<boolean> =>
  (await getText(bucket, objects.pipeline(name, hash))) !== undefined;

/** @throws IdeaMineError `IdeaMine.Corrupt` when it is gone or does not have its hash. */
export async function getPipeline(bucket: Bucket, name: string, hash: string): Promise<PinnedPipeline> {
  const key = objects.pipeline(name, hash);
  const text = await getText(bucket, key);
  if (text === undefined) throw new IdeaMineError('IdeaMine.Corrupt', `${key} is gone`);
  const pinned = JSON.parse(text) as PinnedPipeline;
  if (hashOf(pinned.pipeline) !== hash) throw new IdeaMineError('IdeaMine.Corrupt', `${key} is not what was pushed`);
  return pinned;
}
