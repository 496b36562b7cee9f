// `ideamine resume RUNID`: goes on with a run whose process was killed, or opens a failed run again under the same id.

import type { Command } from 'commander';
import { getPipeline } from '../../store/pipelines.ts';
import { getRun, type RunRow } from '../../store/runs.ts';
import { type GlobalOptions, isDeployed, lookAt, type StageOptions, stageOptions, workOn } from '../choose-stage.ts';
import { conclude } from '../conclude.ts';
import { UsageError } from '../exit.ts';
import { follow } from '../follow.ts';
import { homeAt } from '../home.ts';
import { createProgress } from '../progress.ts';
import { executionState, invoke, output, type Stage, startExecution } from '../stage.ts';
import { answeringOf } from '../waiting.ts';

interface Options extends StageOptions {
  readonly json?: boolean;
}

/** Between two looks, ms: here, and over the network. */
const LOOK_EVERY_MS = 120;
const LOOK_AFAR_EVERY_MS = 2_000;

export function registerResume(program: Command): void {
  stageOptions(program.command('resume'))
    .description('go on with a run that was killed, or open a failed one again; finished work is not repeated')
    .argument('<runId>', 'id of the run, as `ideamine status` prints it')
    .option('--json', 'print one JSON object as the last line')
    .action((runId: string, options: Options) => resume(runId, options, program.opts<GlobalOptions>()));
}

async function resume(runId: string, options: Options, global: GlobalOptions): Promise<void> {
  const home = homeAt(global.home);
  const here = !isDeployed(options);
  const run = here
    ? await lookAt<RunRow | undefined>(options, global, (look) => getRun(look.table, runId), undefined)
    : undefined;
  const goOn = async (stage: Stage) => {
    const executionArn = await takeUp(stage, runId, here);
    const opened = await getRun(stage.table, runId);
    const pinned = opened && (await getPipeline(stage.bucket, opened.pipeline.name, opened.pipeline.hash));
    const progress = pinned ? createProgress(pinned.pipeline, options.json === true) : undefined;
    const followed = await follow(stage, {
      runId,
      executionArn,
      everyMs: here ? LOOK_EVERY_MS : LOOK_AFAR_EVERY_MS,
      declines: here,
      answering: answeringOf(options, home.runDir(runId)),
      onSnapshot: (snapshot) => progress?.show(snapshot, Date.now()),
    });
    progress?.done();
    await conclude(stage, followed, { json: options.json === true, dir: home.runDir(runId) });
  };
  await workOn(options, global, goOn, run?.pipeline);
}

/** @returns the execution that now carries the run. */
async function takeUp(stage: Stage, runId: string, here: boolean): Promise<string> {
  const run = await getRun(stage.table, runId);
  const first = run?.executionArn ?? executionArnOf(output(stage.outputs, 'RunMachineArn'), runId);
  const execution = await executionState(stage, first).catch((thrown: unknown) => {
    if (thrown instanceof Error && thrown.name === 'ExecutionDoesNotExist') return undefined;
    throw thrown;
  });
  if (execution === undefined)
    throw new UsageError(`there is no run ${runId} here; \`ideamine status\` lists those there are`);
  if (execution.status === 'RUNNING' && !here) return first;
  if (execution.status === 'RUNNING') {
    // This process holds the store alone, so whoever claimed a task before is dead (ADR 6).
    await invoke(stage, output(stage.outputs, 'SweepFunctionName'), { op: 'workers-lost' });
    return first;
  }
  if (run === undefined || run.status !== 'FAILED') return first;
  return startExecution(stage, `${runId}-r${run.openings}`, { resume: runId });
}

function executionArnOf(machineArn: string, name: string): string {
  return `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}
