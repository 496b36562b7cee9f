// Pins a pipeline: the same behaviour always gets the same name.

import { hashOf } from '../json.ts';
import type { PinnedPipeline, Pipeline } from './model.ts';
import { structureHash } from './structure.ts';

export function pinPipeline(pipeline: Pipeline): PinnedPipeline {
  return { pipeline, hash: hashOf(pipeline), structureHash: structureHash(pipeline) };
}
