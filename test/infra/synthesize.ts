// Synthesizes the stack of a pipeline into a folder of its own. Handlers are not bundled unless a test brings bundles:
// each function then gets a file of one line, which is all that template assertions need.

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { phaseGraph } from '../../core/graph/phase-graph.ts';
import { pinPipeline } from '../../core/pipeline/pin.ts';
import type { Bundles } from '../../infra/bundles.ts';
import { IdeaMineStack } from '../../infra/ideamine-stack.ts';
import { readPipeline } from '../../infra/pipeline.ts';
import { readSettings } from '../../infra/settings.ts';
import { layOut } from '../../statemachines/layout/lay-out.ts';

export const root = join(import.meta.dirname, '..', '..');

export interface Synthesized {
  readonly dir: string;
  readonly app: App;
  readonly stack: IdeaMineStack;
  // biome-ignore lint/suspicious/noExplicitAny: a CloudFormation template
  readonly template: any;
}

export function synthesize(context: Record<string, string> = {}, bundles: Bundles = oneLiners()): Synthesized {
  const dir = mkdtempSync(join(tmpdir(), 'ideamine-synth-'));
  const app = new App({
    outdir: dir,
    analyticsReporting: false,
    postCliContext: CURRENTLY_RECOMMENDED_FLAGS,
    // CloudFormation's own checks are held by main.test.ts, once; here they would take most of the time.
    builtinCloudFormationValidation: false,
    context: { pipeline: join(root, 'pipelines/idea-to-release.yaml'), ...context },
  });
  const settings = readSettings(app.node);
  const pipeline = readPipeline(settings.pipeline);
  const minutes = new Map(pipeline.phases.map((phase) => [phase.id, phase.budget.wallMinutes]));
  const { layout } = layOut(phaseGraph(pipeline.phases), (id) => minutes.get(id) as number);
  const stack = new IdeaMineStack(app, 'IdeaMine', {
    stackName: `ideamine-${settings.stage}`,
    settings,
    pinned: pinPipeline(pipeline),
    layout,
    bundles,
    sdk: noSdk(),
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const assembly = app.synth();
  return { dir, app, stack, template: assembly.getStackByName(stack.stackName).template };
}

/** A layer with nothing in it: `local/` brings the SDK itself. */
function noSdk(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ideamine-sdk-'));
  writeFileSync(join(folder, 'README'), 'The AWS SDK stands here when it is deployed.\n');
  return folder;
}

function oneLiners(): Bundles {
  const into = mkdtempSync(join(tmpdir(), 'ideamine-bundles-'));
  return (handler) => {
    const folder = join(into, handler);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.js'), `exports.handler = async () => '${handler}';\n`);
    return folder;
  };
}
