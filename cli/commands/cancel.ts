// `ideamine cancel RUNID --phase PHASE`: gives up one phase of an open run. Phases beside it go on with what was paid for;
// those that need it are not reached, and the run ends saying so.

import { DescribeExecutionCommand, ListExecutionsCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { Command } from 'commander';
import { end } from '../../lambdas/phase/end.ts';
import { getPhase, listPhases, type PhaseRow } from '../../store/phases.ts';
import { type GlobalOptions, type StageOptions, stageOptions, workOn } from '../choose-stage.ts';
import { UsageError } from '../exit.ts';
import { output, type Stage } from '../stage.ts';

interface Options extends StageOptions {
  readonly phase: string;
  readonly because: string;
  readonly json?: boolean;
}

export function registerCancel(program: Command): void {
  stageOptions(program.command('cancel'))
    .description('give up one phase of an open run; on this machine one whose command is gone')
    .argument('<runId>', 'id of the run')
    .requiredOption('--phase <phase>', 'id of the phase')
    .option('--because <text>', 'the reason, for the ledger', 'cancelled by `ideamine cancel`')
    .option('--json', 'print one JSON object')
    .action((runId: string, options: Options) => {
      const global = program.opts<GlobalOptions>();
      return workOn(options, global, (stage) => cancel(stage, runId, options));
    });
}

async function cancel(stage: Stage, runId: string, options: Options): Promise<void> {
  const row = await runningPhase(stage, runId, options.phase);
  const now = () => new Date(stage.now()).toISOString();
  // The row first: whatever still works on the phase then finds it ended and leaves it so.
  await end({ table: stage.table, now }, row, { verdict: 'failed', score: null, reason: options.because }, 'cancel');
  const executions = await executionsOf(stage, runId, options.phase);
  for (const executionArn of executions) {
    await stage.states.send(
      new StopExecutionCommand({ executionArn, error: 'IdeaMine.Cancelled', cause: options.because }),
    );
  }
  const said = { runId, phase: row.phase, attempt: row.attempt, stopped: executions.length };
  process.stdout.write(options.json ? `${JSON.stringify(said)}\n` : `phase ${row.phase} of ${runId} is cancelled\n`);
}

async function runningPhase(stage: Stage, runId: string, phase: string): Promise<PhaseRow> {
  const row = await getPhase(stage.table, runId, phase);
  if (row === undefined) {
    const begun = (await listPhases(stage.table, runId)).map((one) => one.phase);
    if (begun.length === 0) throw new UsageError(`there is no run ${runId} here, or none of its phases has begun`);
    throw new UsageError(`--phase: found '${phase}', which has not begun; expected one of ${begun.join(', ')}`);
  }
  if (row.status === 'running' || row.status === 'waiting') return row;
  throw new UsageError(`phase ${phase} of ${runId} has ended already: ${row.verdict}`);
}

/** Nested executions are named by Step Functions; what they are for stands in their input. */
async function executionsOf(stage: Stage, runId: string, phase: string): Promise<string[]> {
  const stateMachineArn = output(stage.outputs, 'PhaseMachineArn');
  const found: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await stage.states.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', nextToken }),
    );
    for (const { executionArn } of page.executions ?? []) {
      const { input = '{}' } = await stage.states.send(new DescribeExecutionCommand({ executionArn }));
      const about = JSON.parse(input) as { runId?: string; phase?: string };
      if (about.runId === runId && about.phase === phase) found.push(executionArn as string);
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found;
}
