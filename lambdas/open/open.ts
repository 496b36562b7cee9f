// Opens a run: checks everything, pins its behaviour, records it, sets its deadline and wakes the stall sweep. Called
// twice by one execution it opens once. `{"resume": runId}` opens an ended run again under the same id.

import { phaseAmount } from '../../core/budget/amount.ts';
import { scaleUsd } from '../../core/budget/shares.ts';
import { BadInput } from '../../core/errors.ts';
import { sha256 } from '../../core/json.ts';
import type { PinnedPipeline, Pipeline } from '../../core/pipeline/model.ts';
import { objects } from '../../store/keys.ts';
import { putText } from '../../store/objects.ts';
import { putPipeline } from '../../store/pipelines.ts';
import { createRun, getRun, type PhaseShare, type RunRow, reopenRun } from '../../store/runs.ts';
import type { Table } from '../../store/table.ts';
import type { Schedules } from '../clients/scheduler.ts';
import { decision } from '../entries.ts';
import type { OpenMessage, RunState } from '../messages.ts';
import { setDeadline } from '../run-clock.ts';
import { runIdOf } from '../run-id.ts';
import { SWEEP_RATE, SWEEP_SCHEDULE } from '../schedule-names.ts';
import { type BehaviourDeps, pinBehaviour } from './behaviour.ts';
import { readIdea } from './idea.ts';
import { type RunInput, readInput } from './input.ts';

export interface OpenDeps extends BehaviourDeps {
  readonly table: Table;
  readonly schedules: Schedules;
  readonly sweepFunction: string;
  readonly timerFunction: string;
  readonly now: () => string;
}

/** Least time a run is given, ms. */
const LEAST_RUN_MS = 3_600_000;

/** @throws BadInput, StructureMismatch. */
export async function open(deps: OpenDeps, message: OpenMessage): Promise<RunState> {
  const input = readInput(message.input);
  const run = input.kind === 'resume' ? await reopen(deps, input.runId, message) : await openNew(deps, input, message);
  await setDeadline(deps, run);
  await deps.schedules.recurring(SWEEP_SCHEDULE, SWEEP_RATE, {
    functionArn: deps.sweepFunction,
    payload: { op: 'sweep' },
  });
  return { runId: run.runId, ok: true };
}

async function openNew(
  deps: OpenDeps,
  input: Extract<RunInput, { kind: 'new' }>,
  message: OpenMessage,
): Promise<RunRow> {
  const runId = runIdOf(message.executionName);
  const known = await getRun(deps.table, runId);
  if (known !== undefined) return ownRun(known, message);
  const pinned = await pinBehaviour(deps, input.pipeline);
  const idea = await readIdea(deps.bucket, input.idea);
  await putPipeline(deps.bucket, pinned);
  await putText(deps.bucket, objects.idea(runId), idea, 'text/plain; charset=utf-8');
  const run = newRun(runId, input, idea, pinned, message);
  const opened = await createRun(deps.table, run, {
    id: 'run.opened.1',
    at: deps.now(),
    entries: [decision('open', openedBody(run), [run.idea.sha256, run.pipeline.hash])],
    events: [{ type: 'run.started', detail: { name: run.name, pipeline: run.pipeline.name, gates: run.gates } }],
  });
  return opened ? run : ownRun((await getRun(deps.table, runId)) ?? run, message);
}

function ownRun(run: RunRow, message: OpenMessage): RunRow {
  if (run.executionArn === message.executionArn) return run;
  throw new BadInput(`the execution's name: run ${run.runId} was started by another execution, expected a new name`);
}

function newRun(
  runId: string,
  input: Extract<RunInput, { kind: 'new' }>,
  idea: string,
  { pipeline, hash, structureHash }: PinnedPipeline,
  message: OpenMessage,
): RunRow {
  const budgetUsdMicros = input.budgetUsdMicros ?? pipeline.budget.usdMicros;
  const deadlineAt = deadlineOf(pipeline, message.startedAt);
  return {
    runId,
    name: input.name ?? nameOf(idea),
    status: 'RUNNING',
    executionArn: message.executionArn,
    startedAt: new Date(message.startedAt).toISOString(),
    openings: 1,
    pipeline: { name: pipeline.name, version: pipeline.version, hash, structureHash },
    gates: input.gates,
    budgetUsdMicros,
    shares: sharesOf(pipeline, budgetUsdMicros),
    idea: { sha256: sha256(idea), bytes: Buffer.byteLength(idea) },
    deadlineAt,
    ledgerExpiresAt: ledgerExpiry(pipeline, deadlineAt),
  };
}

/** The first line that says something, without the marks of a heading. */
function nameOf(idea: string): string {
  const line = idea.split('\n').find((candidate) => /[\p{L}\p{N}]/u.test(candidate)) ?? '';
  return line
    .replace(/^[\s#*>-]+/, '')
    .trim()
    .slice(0, 80);
}

function sharesOf(pipeline: Pipeline, budgetUsdMicros: number): Record<string, PhaseShare> {
  const caps = pipeline.phases.map((phase) => phase.budget.usdMicros);
  const usd = scaleUsd(budgetUsdMicros, caps);
  return Object.fromEntries(
    pipeline.phases.map((phase, index) => [phase.id, { ...phaseAmount(phase.budget), usdMicros: usd[index] ?? 0 }]),
  );
}

/** Every phase one after the other, each with all its gate attempts: a run that is later than that is lost. */
function deadlineOf(pipeline: Pipeline, from: string): string {
  const minutes = pipeline.phases.reduce((sum, { budget, gate }) => sum + budget.wallMinutes * gate.tries, 0);
  return new Date(Date.parse(from) + Math.max(LEAST_RUN_MS, Math.ceil(minutes * 60_000))).toISOString();
}

/** Days of a ledger after the end of its run (spec §7). */
const LEDGER_KEPT_DAYS = 90;
/** Days a phase waits for a person at most (spec §6). */
const LONGEST_WAIT_DAYS = 5;

function ledgerExpiry({ phases }: Pipeline, deadlineAt: string): number {
  const days = phases.length * LONGEST_WAIT_DAYS + LEDGER_KEPT_DAYS;
  return Math.ceil(Date.parse(deadlineAt) / 1000) + days * 86_400;
}

async function reopen(deps: OpenDeps, runId: string, message: OpenMessage): Promise<RunRow> {
  const run = await getRun(deps.table, runId);
  if (run === undefined) throw new BadInput(`resume: there is no run ${runId}`);
  if (run.executionArn === message.executionArn) return run;
  if (run.status !== 'FAILED') {
    throw new BadInput(`resume: run ${runId} is ${run.status}, expected one that has FAILED or was stopped`);
  }
  const { pipeline } = await pinBehaviour(deps, `${run.pipeline.name}@${run.pipeline.hash}`);
  const deadlineAt = deadlineOf(pipeline, message.startedAt);
  const change = { executionArn: message.executionArn, deadlineAt };
  const opening = run.openings + 1;
  await reopenRun(deps.table, runId, change, {
    id: `run.opened.${opening}`,
    at: deps.now(),
    entries: [decision('open', { decided: 'resumed', opening, after: run.cause ?? null, deadlineAt })],
    events: [{ type: 'run.resumed', detail: { opening } }],
  });
  const now = await getRun(deps.table, runId);
  if (now?.executionArn !== message.executionArn)
    throw new BadInput(`resume: run ${runId} was resumed by another execution`);
  return now;
}

const openedBody = (run: RunRow) => ({
  decided: 'opened',
  name: run.name,
  pipeline: { ...run.pipeline },
  gates: run.gates,
  budgetUsdMicros: run.budgetUsdMicros,
  idea: { ...run.idea },
});
