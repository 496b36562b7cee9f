// `ideamine push [FILE]`: gives new runs of a deployed stage another behaviour, without a deploy. Open runs keep their own.

import type { Command } from 'commander';
import { currentPipelineHash, setCurrentPipeline } from '../../store/pipelines.ts';
import { checkStructure } from '../aws/structure.ts';
import { onDeployed, type StageOptions, stageOptions } from '../choose-stage.ts';
import { BUILT_IN_PIPELINE, loadPipelineFile } from '../pipeline-file.ts';

interface Options extends StageOptions {
  readonly json?: boolean;
}

export function registerPush(program: Command): void {
  stageOptions(program.command('push'))
    .description('make a pipeline’s agents, prompts, thresholds and budgets those of new runs on a deployed stage')
    .argument('[file]', 'pipeline file', BUILT_IN_PIPELINE)
    .option('--json', 'print one JSON object')
    .action((file: string, options: Options) => push(file, options));
}

async function push(file: string, options: Options): Promise<void> {
  const pinned = loadPipelineFile(file);
  const { name } = pinned.pipeline;
  const before = await onDeployed(options, async (stage) => {
    checkStructure(stage, pinned);
    const current = await currentPipelineHash(stage.bucket, name);
    await setCurrentPipeline(stage.bucket, pinned);
    return current;
  });
  const said = { pipeline: name, hash: pinned.hash, before: before ?? null };
  const was = before === undefined ? 'the deployed one' : before.slice(0, 12);
  process.stdout.write(
    options.json ? `${JSON.stringify(said)}\n` : `new runs of ${name} get ${pinned.hash.slice(0, 12)} (was ${was})\n`,
  );
}
