// `ideamine run IDEA` and `ideamine start`: carries an idea through the pipeline, on this machine in real time or on a
// deployed stage, where the run goes on without this command.

import { join } from 'node:path';
import type { Command } from 'commander';
import { UNSTATED_CEILING_USD_MICROS } from '../../core/pipeline/model.ts';
import { getRun } from '../../store/runs.ts';
import { assemblyFor } from '../assembly.ts';
import { checkStructure } from '../aws/structure.ts';
import { recordCassette } from '../cassette.ts';
import { type GlobalOptions, isDeployed, onDeployed, type StageOptions, stageOptions } from '../choose-stage.ts';
import { conclude } from '../conclude.ts';
import { UsageError } from '../exit.ts';
import { follow } from '../follow.ts';
import { type Home, installation, makeHome } from '../home.ts';
import { isExample, writesItsOwnCode } from '../local-builds.ts';
import { openLocalStage } from '../local-stage.ts';
import { logTo } from '../logs.ts';
import { recordMeasurements, replayMeasurements } from '../measurements.ts';
import { keepMeasuring } from '../measuring.ts';
import { checkModelKeys } from '../model-environment.ts';
import { usd } from '../money.ts';
import { type NewRun, prepareRun, pushRun, runName } from '../new-run.ts';
import { BUILT_IN_PIPELINE } from '../pipeline-file.ts';
import { createProgress } from '../progress.ts';
import { type Stage, startExecution } from '../stage.ts';
import { answeringOf } from '../waiting.ts';

interface Options extends StageOptions {
  readonly detach?: boolean;
  readonly wait?: boolean;
  readonly pipeline: string;
  readonly offline?: boolean;
  readonly gates?: string;
  readonly budgetUsd?: string;
  readonly name?: string;
  readonly replayMeasurements?: string;
  readonly recorded?: string;
  readonly record?: string;
  readonly json?: boolean;
}

/** Between two looks at the run, ms: here, and over the network. */
const LOOK_EVERY_MS = 120;
const LOOK_AFAR_EVERY_MS = 2_000;

export function registerRun(program: Command): void {
  const action = (idea: string, options: Options) => run(idea, options, program.opts<GlobalOptions>());
  describe(stageOptions(program.command('run')))
    .description('run an idea through the pipeline, on this machine or with --aws on a deployed stage')
    .option('--detach', 'on a deployed stage: start the run, print its id, and do not wait for its end')
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
    .option('--replay-measurements <dir>', 'take what tools measured from records in this folder; run no tool')
    .option('--recorded <file>', 'answer every model from this cassette of recorded answers')
    .option('--record <file>', 'write what hosted models answered to this cassette')
    .option('--wait', 'wait for the answer to a failed gate even where there is no terminal')
    .option('--json', 'print one JSON object as the last line');
}

async function run(ideaFile: string, options: Options, global: GlobalOptions): Promise<void> {
  const prepared = prepareRun(ideaFile, options);
  const home = makeHome(global.home);
  const runId = options.name ?? runName(ideaFile, new Date());
  const started: Started = { ideaFile, prepared, runId, home, options };
  if (isDeployed(options)) return onDeployed(options, (stage) => runThere(stage, started));
  if (options.detach)
    throw new UsageError('--detach: a run on this machine ends with its command; expected it with --aws');
  return runHere(started, global);
}

interface Started {
  readonly ideaFile: string;
  readonly prepared: NewRun;
  readonly runId: string;
  readonly home: Home;
  readonly options: Options;
}

async function runHere({ ideaFile, prepared, runId, home, options }: Started, global: GlobalOptions): Promise<void> {
  checkModelKeys(prepared.pinned.pipeline, process.env);
  if (!options.json) announce(ideaFile, prepared, runId);
  const assembly = await assemblyFor(prepared.pinned, options.pipeline, home);
  if (assembly.fresh && !options.json)
    process.stdout.write('synthesized the app for this pipeline (kept for later runs)\n\n');
  const stage = await openLocalStage({
    assemblyDir: assembly.dir,
    clock: { kind: 'real' },
    home,
    measuring: keepMeasuring(home, {
      trusted: writesItsOwnCode(prepared.pinned.pipeline),
      example: isExample(ideaFile),
      replay: options.replayMeasurements !== undefined,
    }),
    onLog: logTo(global.debug === true),
  });
  try {
    if (options.replayMeasurements !== undefined) await replayMeasurements(stage, runId, options.replayMeasurements);
    const executionArn = await begin(stage, prepared, runId);
    await watch(stage, executionArn, { prepared, runId, home, options }, LOOK_EVERY_MS);
    await recordMeasurements(stage, runId, home.measurements);
  } finally {
    await stage.world.close();
  }
}

/** The run is the stage's own: when this command ends, it goes on. */
async function runThere(stage: Stage, started: Started): Promise<void> {
  const { ideaFile, prepared, runId, options } = started;
  checkStructure(stage, prepared.pinned);
  if (!options.json) announce(ideaFile, prepared, runId);
  const executionArn = await begin(stage, prepared, runId);
  if (!options.detach) return watch(stage, executionArn, started, LOOK_AFAR_EVERY_MS);
  process.stdout.write(options.json ? `${JSON.stringify({ runId, executionArn })}\n` : `started ${executionArn}\n`);
}

async function begin(stage: Stage, prepared: NewRun, runId: string): Promise<string> {
  if ((await getRun(stage.table, runId)) !== undefined) {
    throw new UsageError(`there is a run ${runId} already; resume it, or give another --name`);
  }
  return startExecution(stage, runId, await pushRun(stage, prepared));
}

type Watched = Omit<Started, 'ideaFile'>;

async function watch(stage: Stage, executionArn: string, watched: Watched, everyMs: number): Promise<void> {
  const { prepared, runId, home, options } = watched;
  const progress = createProgress(prepared.pinned.pipeline, options.json === true);
  const followed = await follow(stage, {
    runId,
    executionArn,
    everyMs,
    declines: !isDeployed(options),
    answering: answeringOf(options, home.runDir(runId)),
    onSnapshot: (snapshot) => progress.show(snapshot, Date.now()),
  });
  progress.done();
  if (options.record !== undefined) {
    const answers = await recordCassette(stage.bucket, runId, options.record);
    if (!options.json) process.stdout.write(`${answers} answers of models are in ${options.record}\n`);
  }
  await conclude(stage, followed, { json: options.json === true, dir: home.runDir(runId) });
}

function announce(ideaFile: string, { pinned, budgetUsdMicros }: NewRun, runId: string): void {
  const { pipeline } = pinned;
  process.stdout.write(`${pipeline.title}: ${pipeline.phases.length} phases for ${ideaFile}\nrun ${runId}\n`);
  const most = budgetUsdMicros ?? pipeline.budget.usdMicros;
  if (most > UNSTATED_CEILING_USD_MICROS) process.stdout.write(`this run may cost up to ${usd(most)}\n`);
  process.stdout.write('\n');
}
