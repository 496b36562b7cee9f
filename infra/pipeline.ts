// Reads the pipeline file an assembly is made for. Agents, tools and custom aggregations are not checked here, where their
// catalogue is not at hand; opening a run checks them.

import { readFileSync } from 'node:fs';
import { artifactTypes } from '../core/artifacts/registry.ts';
import { BadInput } from '../core/errors.ts';
import { criterionIds, guardParameters } from '../core/gates/registry.ts';
import { loadPipelineOrThrow } from '../core/pipeline/load.ts';
import type { Pipeline } from '../core/pipeline/model.ts';

/** @throws BadInput when the file cannot be read, or with one line for each problem in it. */
export function readPipeline(path: string): Pipeline {
  return loadPipelineOrThrow(textOf(path), path, { artifactTypes, criteria: criterionIds, guards: guardParameters });
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new BadInput(`context pipeline: cannot read ${path}: ${(error as Error).message}`);
  }
}
