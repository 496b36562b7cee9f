// From settings to a stack: reads the pipeline, lays its phases out, proves the machines, bundles the handlers.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Construct } from 'constructs';
import { phaseGraph } from '../core/graph/phase-graph.ts';
import { pinPipeline } from '../core/pipeline/pin.ts';
import { layOut } from '../statemachines/layout/lay-out.ts';
import { proveMachines } from '../statemachines/proofs/prove.ts';
import { bundleHandlers } from './bundles.ts';
import { IdeaMineStack } from './ideamine-stack.ts';
import { readPipeline } from './pipeline.ts';
import { bundleSdk } from './sdk.ts';
import type { Settings } from './settings.ts';

const HANDLERS = join(import.meta.dirname, '..', 'lambdas');
const PROMPTS = join(import.meta.dirname, '..', 'agents', 'prompts');

/** @throws BadInput for a pipeline that cannot be read; IdeaMineError `IdeaMine.Unprovable` for one whose machines cannot be bounded. */
export function makeStack(scope: Construct, id: string, settings: Settings): IdeaMineStack {
  const pipeline = readPipeline(settings.pipeline);
  const pinned = pinPipeline(pipeline);
  const minutes = new Map(pipeline.phases.map((phase) => [phase.id, phase.budget.wallMinutes]));
  const { layout } = layOut(phaseGraph(pipeline.phases), (phase) => minutes.get(phase) as number);
  proveMachines(pipeline, layout);
  const into = mkdtempSync(join(tmpdir(), 'ideamine-bundles-'));
  const sdk = mkdtempSync(join(tmpdir(), 'ideamine-sdk-'));
  try {
    const bundles = bundleHandlers({
      handlers: HANDLERS,
      into,
      prompts: PROMPTS,
      pipeline: pinned,
      agents: settings.agents,
    });
    bundleSdk({ bundles: into, into: sdk });
    // Assets are copied as the stack is made: the folder is not needed after it.
    return new IdeaMineStack(scope, id, {
      stackName: `ideamine-${settings.stage}`,
      description: `IdeaMine: ${pipeline.title}`,
      settings,
      pinned,
      layout,
      bundles,
      sdk,
    });
  } finally {
    for (const folder of [into, sdk]) rmSync(folder, { recursive: true, force: true });
  }
}
