// `ideamine why RUNID`: in plain words, what each unfinished or failed piece of a run waits for or died of, and which error
// began it.

import type { Command } from 'commander';
import { cachedPipelines, loadPinned } from '../../lambdas/pinned.ts';
import { type GlobalOptions, lookAt, type StageOptions, stageOptions } from '../choose-stage.ts';
import { UsageError } from '../exit.ts';
import { readSnapshot } from '../snapshot.ts';
import type { Stage } from '../stage.ts';
import { explainRun, type Why } from '../why.ts';

interface Options extends StageOptions {
  readonly json?: boolean;
}

export function registerWhy(program: Command): void {
  stageOptions(program.command('why'))
    .description('what each unfinished or failed piece of a run waits for or died of, and which error began it')
    .argument('<runId>', 'id of the run')
    .option('--json', 'print one JSON object')
    .action(async (runId: string, options: Options) => {
      const why = await lookAt(options, program.opts<GlobalOptions>(), (stage) => whyOf(stage, runId), undefined);
      if (why === undefined)
        throw new UsageError(`there is no run ${runId} here; \`ideamine status\` lists those there are`);
      process.stdout.write(options.json ? `${JSON.stringify(why)}\n` : `${textOf(why).join('\n')}\n`);
    });
}

async function whyOf(stage: Stage, runId: string): Promise<Why | undefined> {
  const snapshot = await readSnapshot(stage, runId);
  if (snapshot === undefined) return undefined;
  const { pipeline } = await loadPinned(stage.table, cachedPipelines(stage.bucket), runId);
  return explainRun({ ...snapshot, pipeline }, stage.now());
}

function textOf({ runId, status, summary, began, pieces }: Why): string[] {
  const start = began === null ? [] : [`It began at ${began.at} with ${began.piece}: ${began.code}: ${began.cause}`];
  const each = pieces.map(({ piece, state, because }) => `  ${piece} ${state}: ${because}`);
  return [`run ${runId} is ${status}: ${summary}`, ...start, ...(each.length > 0 ? each : ['  nothing is unfinished'])];
}
