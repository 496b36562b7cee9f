// The built-in pipeline and the ideas that tests run it on.

import { readFileSync } from 'node:fs';
import { known } from '../../agents/known.ts';
import { loadPipeline } from '../../core/pipeline/load.ts';
import type { Pipeline } from '../../core/pipeline/model.ts';

const FILE = 'pipelines/idea-to-release.yaml';

export function builtinPipeline(): Pipeline {
  const loaded = loadPipeline(readFileSync(FILE, 'utf8'), FILE, known);
  if ('problems' in loaded) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  return loaded.pipeline;
}

export const ideaNames = ['tool-library', 'clinic-no-shows', 'vineyard-logger'] as const;

export function exampleIdea(name: (typeof ideaNames)[number]): string {
  return readFileSync(`examples/ideas/${name}.md`, 'utf8');
}
