// Loads a pipeline file against what this installation knows: its artifact types, agents and criteria.

import { join } from 'node:path';
import { known } from '../agents/known.ts';
import { loadPipeline } from '../core/pipeline/load.ts';
import type { PinnedPipeline } from '../core/pipeline/model.ts';
import { pinPipeline } from '../core/pipeline/pin.ts';
import { formatProblem, type Problem } from '../core/pipeline/problem.ts';
import { UsageError } from './exit.ts';
import { readUserFile } from './files.ts';
import { installation } from './home.ts';

export const BUILT_IN_PIPELINE = join(installation, 'pipelines', 'idea-to-release.yaml');

export type Checked = { readonly pinned: PinnedPipeline } | { readonly problems: readonly Problem[] };

export function checkPipelineFile(path: string): Checked {
  const text = new TextDecoder().decode(readUserFile(path, 'pipeline file'));
  const loaded = loadPipeline(text, path, known);
  return 'problems' in loaded ? loaded : { pinned: pinPipeline(loaded.pipeline) };
}

/** @throws UsageError listing every problem at once. */
export function loadPipelineFile(path: string): PinnedPipeline {
  const checked = checkPipelineFile(path);
  if ('pinned' in checked) return checked.pinned;
  const count = checked.problems.length;
  const head = count === 1 ? 'the pipeline has a problem' : `the pipeline has ${count} problems`;
  throw new UsageError([`${head}:`, ...checked.problems.map((problem) => `  ${formatProblem(problem)}`)].join('\n'));
}
