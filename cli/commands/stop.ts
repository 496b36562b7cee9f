// `ideamine stop RUNID`: ends a run in good order: its executions stop, its timers go, what it made so far becomes a
// partial dossier. `ideamine resume` opens it again.

import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { Command } from 'commander';
import { getRun } from '../../store/runs.ts';
import { type GlobalOptions, isDeployed, type StageOptions, stageOptions, workOn } from '../choose-stage.ts';
import { UsageError } from '../exit.ts';
import { follow } from '../follow.ts';
import { runResult } from '../result.ts';
import type { Stage } from '../stage.ts';

interface Options extends StageOptions {
  readonly because: string;
  readonly json?: boolean;
}

/** Between two looks, ms. */
const LOOK_EVERY_MS = 250;

export function registerStop(program: Command): void {
  stageOptions(program.command('stop'))
    .description('end a run with a partial dossier; on this machine one whose command is gone')
    .argument('<runId>', 'id of the run')
    .option('--because <text>', 'the reason, for the ledger', 'stopped by `ideamine stop`')
    .option('--json', 'print one JSON object')
    .action((runId: string, options: Options) => {
      const global = program.opts<GlobalOptions>();
      return workOn(options, global, (stage) => stop(stage, runId, options));
    });
}

async function stop(stage: Stage, runId: string, options: Options): Promise<void> {
  const run = await getRun(stage.table, runId);
  if (run === undefined)
    throw new UsageError(`there is no run ${runId} here; \`ideamine status\` lists those there are`);
  if (run.status !== 'RUNNING') throw new UsageError(`run ${runId} has ended already: ${run.status}`);
  const { executionArn } = run;
  await stage.states.send(
    new StopExecutionCommand({ executionArn, error: 'IdeaMine.Stopped', cause: options.because }),
  );
  const { snapshot } = await follow(stage, {
    runId,
    executionArn,
    everyMs: LOOK_EVERY_MS,
    declines: !isDeployed(options),
  });
  if (snapshot === undefined) throw new UsageError(`run ${runId} is gone`);
  const { cause } = snapshot.run;
  process.stdout.write(
    options.json ? `${JSON.stringify(runResult(snapshot, null))}\n` : `run ${runId} ended: ${cause}\n`,
  );
}
