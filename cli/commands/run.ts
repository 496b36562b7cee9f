// `ideamine run IDEA` and `ideamine start`: carries an idea through the pipeline on this machine, in real time.

import { join } from 'node:path';
import type { Command } from 'commander';
import { UNSTATED_CEILING_USD_MICROS } from '../../core/pipeline/model.ts';
import { getRun } from '../../store/runs.ts';
import { assemblyFor } from '../assembly.ts';
import { conclude } from '../conclude.ts';
import { UsageError } from '../exit.ts';
import { follow } from '../follow.ts';
import { installation, makeHome } from '../home.ts';
import { openLocalStage } from '../local-stage.ts';
import { logTo } from '../logs.ts';
import { usd } from '../money.ts';
import { type NewRun, prepareRun, pushRun, runName } from '../new-run.ts';
import { BUILT_IN_PIPELINE } from '../pipeline-file.ts';
import { createProgress } from '../progress.ts';
import { startExecution } from '../stage.ts';

interface Options {
  readonly pipeline: string;
  readonly offline?: boolean;
  readonly gates?: string;
  readonly budgetUsd?: string;
  readonly name?: string;
  readonly json?: boolean;
}

interface GlobalOptions {
  readonly home: string;
  readonly debug?: boolean;
}

/** Between two looks at the run, ms. */
const LOOK_EVERY_MS = 120;

export function registerRun(program: Command): void {
  const action = (idea: string, options: Options) => run(idea, options, program.opts<GlobalOptions>());
  describe(program.command('run'))
    .description('run an idea through the pipeline on this machine')
    .argument('<idea>', 'file with the idea, plain text or Markdown, at most 256 KiB')
    .action(action);
  describe(program.command('start', { hidden: true }))
    .argument('[idea]', 'file with the idea', join(installation, 'examples', 'ideas', 'tool-library.md'))
    .action((idea: string, options: Options) => action(idea, { offline: true, ...options }));
}

function describe(command: Command): Command {
  return command
    .option('--offline', 'draft from the idea’s own sentences; no model, no key, no network')
    .option('--pipeline <file>', 'pipeline file', BUILT_IN_PIPELINE)
    .option(
      '--gates <mode>',
      'enforce: a failed gate stops the run; advise: it is recorded and the run goes on',
      'advise',
    )
    .option('--budget-usd <amount>', 'the most the run may cost (default: the pipeline’s)')
    .option('--name <name>', 'id of the run (default: made from the idea’s file and the time)')
    .option('--json', 'print one JSON object as the last line');
}

async function run(ideaFile: string, options: Options, global: GlobalOptions): Promise<void> {
  const prepared = prepareRun(ideaFile, options);
  const home = makeHome(global.home);
  const runId = options.name ?? runName(ideaFile, new Date());
  if (!options.json) announce(ideaFile, prepared, runId);
  const assembly = await assemblyFor(prepared.pinned, options.pipeline, home);
  if (assembly.fresh && !options.json)
    process.stdout.write('synthesized the app for this pipeline (kept for later runs)\n\n');
  const stage = await openLocalStage({
    assemblyDir: assembly.dir,
    clock: { kind: 'real' },
    home,
    onLog: logTo(global.debug === true),
  });
  const progress = createProgress(prepared.pinned.pipeline, options.json === true);
  try {
    if ((await getRun(stage.table, runId)) !== undefined) {
      throw new UsageError(`there is a run ${runId} already; resume it, or give another --name`);
    }
    const executionArn = await startExecution(stage, runId, await pushRun(stage, prepared));
    const followed = await follow(stage, {
      runId,
      executionArn,
      everyMs: LOOK_EVERY_MS,
      onSnapshot: (snapshot) => progress.show(snapshot, Date.now()),
    });
    progress.done();
    await conclude(stage, followed, { json: options.json === true, dir: home.runDir(runId) });
  } finally {
    await stage.world.close();
  }
}

function announce(ideaFile: string, { pinned, budgetUsdMicros }: NewRun, runId: string): void {
  const { pipeline } = pinned;
  process.stdout.write(`${pipeline.title}: ${pipeline.phases.length} phases for ${ideaFile}\nrun ${runId}\n`);
  const most = budgetUsdMicros ?? pipeline.budget.usdMicros;
  if (most > UNSTATED_CEILING_USD_MICROS) process.stdout.write(`this run may cost up to ${usd(most)}\n`);
  process.stdout.write('\n');
}
