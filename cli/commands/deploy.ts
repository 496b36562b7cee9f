// `ideamine deploy`: one stage from this installation by `cdk deploy`, and its pipeline's behaviour made the current one.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { setCurrentPipeline } from '../../store/pipelines.ts';
import { bootstrapVersion, identity } from '../aws/account.ts';
import { cdk } from '../aws/cdk.ts';
import { connect } from '../aws/connection.ts';
import { openDeployedStage } from '../aws/deployed-stage.ts';
import { plainly } from '../aws/failures.ts';
import { DEFAULT_STAGE, stackNameOf } from '../aws/stacks.ts';
import { pushToolset } from '../aws/toolset.ts';
import { UsageError } from '../exit.ts';
import { BUILT_IN_PIPELINE, loadPipelineFile } from '../pipeline-file.ts';

interface Options {
  readonly stage: string;
  readonly region?: string;
  readonly pipeline: string;
  readonly context: readonly string[];
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function registerDeploy(program: Command): void {
  program
    .command('deploy')
    .description('deploy a stage to AWS, or to the endpoint of AWS_ENDPOINT_URL, and push the pipeline’s behaviour')
    .option('--stage <name>', 'name of the stage; several can share an account', DEFAULT_STAGE)
    .option('--region <region>', 'where to (default: as the AWS SDK is configured)')
    .option('--pipeline <file>', 'pipeline file', BUILT_IN_PIPELINE)
    .option('--context <key=value>', 'a setting of the app, repeatable, such as removal=destroy', collect, [])
    .option('--yes', 'do not ask before permissions are widened')
    .option('--json', 'print one JSON object: the stage, and its stack’s outputs')
    .action((options: Options) => deploy(options));
}

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

async function deploy(options: Options): Promise<void> {
  const pinned = loadPipelineFile(options.pipeline);
  const context = { ...parseContext(options.context), stage: options.stage, pipeline: resolve(options.pipeline) };
  stackNameOf(options.stage);
  const connection = await connect(options.region);
  await bootstrapVersion(connection, await identity(connection));
  const output = mkdtempSync(join(tmpdir(), 'ideamine-deploy-'));
  try {
    const approval = options.yes ? 'never' : 'broadening';
    const quiet = options.json === true;
    await cdk(['deploy', '--require-approval', approval], { connection, context, output, quiet });
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
  const stage = await openDeployedStage(connection, options.stage);
  await plainly(connection, () => setCurrentPipeline(stage.bucket, pinned));
  await plainly(connection, () => pushToolset(stage));
  const { hash } = pinned;
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ stage: options.stage, region: connection.region, pipeline: hash, outputs: stage.outputs })}\n`,
    );
    return;
  }
  process.stdout.write(
    `\nstage ${options.stage} is deployed in ${connection.region}, behaviour ${hash.slice(0, 12)}\n` +
      `run an idea on it: ideamine run IDEA --stage ${options.stage}\n`,
  );
}

/** @throws UsageError */
function parseContext(pairs: readonly string[]): Record<string, string> {
  const entries = pairs.map((pair) => {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`--context: found '${pair}', expected key=value`);
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  return Object.fromEntries(entries);
}
