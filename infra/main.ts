// The CDK app: reads the settings and the pipeline, lays the phases out, proves the machines, bundles the handlers and makes the stack.
// Exit code 2 and a plain sentence when what it was given is wrong. Needs no credentials.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { toIdeaMineError } from '../core/errors.ts';
import { phaseGraph } from '../core/graph/phase-graph.ts';
import { pinPipeline } from '../core/pipeline/pin.ts';
import { layOut } from '../statemachines/layout/lay-out.ts';
import { proveMachines } from '../statemachines/proofs/prove.ts';
import { bundleHandlers } from './bundles.ts';
import { IdeaMineStack } from './ideamine-stack.ts';
import { readPipeline } from './pipeline.ts';
import { readSettings } from './settings.ts';

/** Errors of what was given, not of the app. */
const GIVEN: readonly string[] = ['IdeaMine.BadInput', 'IdeaMine.Unprovable'];

const HANDLERS = join(import.meta.dirname, '..', 'lambdas');
const PROMPTS = join(import.meta.dirname, '..', 'agents', 'prompts');

function main(): void {
  const app = new App({
    outdir: process.env.CDK_OUTDIR ?? 'cdk.out',
    autoSynth: false,
    analyticsReporting: false,
    // Said here and not in cdk.json, so that the app makes the same template when it is run without the cdk command.
    postCliContext: CURRENTLY_RECOMMENDED_FLAGS,
  });
  const settings = readSettings(app.node);
  const pipeline = readPipeline(settings.pipeline);
  const pinned = pinPipeline(pipeline);
  const minutes = new Map(pipeline.phases.map((phase) => [phase.id, phase.budget.wallMinutes]));
  const { layout } = layOut(phaseGraph(pipeline.phases), (id) => minutes.get(id) as number);
  proveMachines(pipeline, layout);
  const into = mkdtempSync(join(tmpdir(), 'ideamine-bundles-'));
  try {
    const bundles = bundleHandlers({ handlers: HANDLERS, into, prompts: PROMPTS, pipeline: pinned });
    new IdeaMineStack(app, 'IdeaMine', {
      stackName: `ideamine-${settings.stage}`,
      description: `IdeaMine: ${pipeline.title}`,
      settings,
      pinned,
      layout,
      bundles,
    });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    app.synth();
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}

try {
  main();
} catch (error) {
  if (!GIVEN.includes(toIdeaMineError(error).code)) throw error;
  console.error((error as Error).message);
  process.exitCode = 2;
}
