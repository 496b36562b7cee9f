// `ideamine approve | waive | reject RUNID PHASE`: answers a gate that waits for a person. What would be refused is refused here,
// before anything is sent.

import { userInfo } from 'node:os';
import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import type { Command } from 'commander';
import type { Json } from '../../core/json.ts';
import { checkAnswer } from '../../lambdas/phase/answer.ts';
import { type AttemptRow, getAttempt } from '../../store/attempts.ts';
import { getPhase, type PhaseRow } from '../../store/phases.ts';
import { getRun } from '../../store/runs.ts';
import { answersIn, leaveAnswer } from '../answers.ts';
import {
  type GlobalOptions,
  isDeployed,
  lookAt,
  onDeployed,
  type StageOptions,
  stageOptions,
} from '../choose-stage.ts';
import { UsageError } from '../exit.ts';
import { homeAt } from '../home.ts';
import type { Stage } from '../stage.ts';

interface Options extends StageOptions {
  readonly by?: string;
  readonly because?: string;
  readonly owner?: string;
  readonly justification?: string;
  readonly control?: string;
  readonly expires?: string;
  readonly json?: boolean;
}

type Decision = 'approve' | 'waive' | 'reject';

export function registerAnswers(program: Command): void {
  answering(program, 'approve', 'hand a phase on although its gate failed').option('--because <text>', 'why');
  answering(program, 'reject', 'end a run at a failed gate').option('--because <text>', 'why');
  answering(program, 'waive', 'hand a phase on under terms; refused for critical vulnerabilities and secrets')
    .requiredOption('--owner <name>', 'who answers for it')
    .requiredOption('--justification <text>', 'why it is acceptable')
    .requiredOption('--control <text>', 'the compensating control')
    .requiredOption('--expires <date>', 'ISO date or time, at most 30 days from now');
}

function answering(program: Command, decision: Decision, description: string): Command {
  return stageOptions(program.command(decision))
    .description(description)
    .argument('<runId>', 'id of the run')
    .argument('<phase>', 'id of the phase whose gate waits')
    .option('--by <name>', 'who decides (default: your login)')
    .option('--json', 'print one JSON object')
    .action((runId: string, phase: string, options: Options) =>
      answer(decision, runId, phase, options, program.opts<GlobalOptions>()),
    );
}

async function answer(
  decision: Decision,
  runId: string,
  phase: string,
  options: Options,
  global: GlobalOptions,
): Promise<void> {
  const given = answerOf(decision, options);
  const check = async (stage: Stage): Promise<PhaseRow> => {
    const { row, attempt } = await waitingPhase(stage, runId, phase);
    checkAnswer(given, attempt?.issues ?? [], new Date().toISOString());
    return row;
  };
  if (isDeployed(options)) {
    await onDeployed(options, async (stage) => {
      const { approvalToken } = await check(stage);
      await stage.states.send(new SendTaskSuccessCommand({ taskToken: approvalToken, output: JSON.stringify(given) }));
    });
  } else {
    const found = await lookAt<PhaseRow | undefined>(options, global, check, undefined);
    if (found === undefined) throw noSuchRun(runId);
    leaveAnswer(answersIn(homeAt(global.home).runDir(runId)), phase, given);
  }
  const local = isDeployed(options) ? '' : `; the command that runs it takes it up, or \`ideamine resume ${runId}\``;
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ runId, phase, answer: given })}\n`
      : `${phase} of ${runId}: ${decision}${local}\n`,
  );
}

function answerOf(decision: Decision, options: Options): Json {
  const common = { decision, by: options.by ?? userInfo().username, kind: 'person' };
  if (decision !== 'waive') return options.because === undefined ? common : { ...common, reason: options.because };
  const { owner = '', justification = '', control: compensatingControl = '', expires = '' } = options;
  const at = Date.parse(expires);
  if (Number.isNaN(at)) throw new UsageError(`--expires: found '${expires}', expected a date such as 2026-12-01`);
  return {
    ...common,
    waiver: { owner, justification, compensatingControl, expiresAt: new Date(at).toISOString() },
  };
}

async function waitingPhase(
  stage: Stage,
  runId: string,
  phase: string,
): Promise<{ row: PhaseRow; attempt: AttemptRow | undefined }> {
  if ((await getRun(stage.table, runId)) === undefined) throw noSuchRun(runId);
  const row = await getPhase(stage.table, runId, phase);
  if (row === undefined) throw new UsageError(`run ${runId} has no phase ${phase} that has begun`);
  if (row.status !== 'waiting') {
    throw new UsageError(`phase ${phase} of ${runId} waits for no decision: found ${row.status}, expected waiting`);
  }
  return { row, attempt: await getAttempt(stage.table, runId, phase, row.attempt) };
}

const noSuchRun = (runId: string): UsageError =>
  new UsageError(`there is no run ${runId} here; \`ideamine status\` lists those there are`);
