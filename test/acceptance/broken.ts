// What the breakages share: the built-in pipeline, an example idea, and authors that differ from the offline one.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findAgent } from '../../agents/catalogue.ts';
import { offlineProvider } from '../../agents/models/offline.ts';
import type { ModelProvider } from '../../agents/models/provider.ts';
import type { Agent } from '../../agents/sdk/agent.ts';
import type { Pipeline } from '../../core/pipeline/model.ts';
import { readPipeline } from '../../infra/pipeline.ts';
import { root } from '../infra/synthesize.ts';

export const builtInPipeline: Pipeline = readPipeline(join(root, 'pipelines/idea-to-release.yaml'));
export const exampleIdea = readFileSync(join(root, 'examples/ideas/tool-library.md'), 'utf8');

/** The pipeline as if a model wrote, so that another attempt may say something else; it answers as the offline one does. */
export function modelled(pipeline: Pipeline): { readonly pipeline: Pipeline; readonly provider: ModelProvider } {
  const models = Object.fromEntries(
    Object.keys(pipeline.models).map((tier) => [tier, { provider: 'author', model: 'm' }]),
  );
  return { pipeline: { ...pipeline, models } as Pipeline, provider: { ...offlineProvider(), id: 'author' } };
}

/** An author that does as `breaks` until it is told of an issue, and then as the built-in agent of its id. */
export function heeding(id: string, breaks: Agent): Agent {
  return {
    ...breaks,
    run: (ctx) => ((ctx.input.directions?.issues.length ?? 0) > 0 ? findAgent(id).run(ctx) : breaks.run(ctx)),
  };
}
