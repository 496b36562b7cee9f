// How a claim ends: committed, failed, given back for lack of time, or let go. Row first, signal second.

import type { AgentResult } from '../../agents/sdk/agent.ts';
import type { IdeaMineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { Bucket } from '../../store/objects.ts';
import type { Outbox } from '../../store/outbox.ts';
import { putObject } from '../../store/payload.ts';
import type { Table } from '../../store/table.ts';
import { continueLater, type Lease } from '../../store/task-lease.ts';
import { commitTask, failTask, told } from '../../store/task-outcome.ts';
import { getTask, type TaskFailure, type TaskRow } from '../../store/task-row.ts';
import type { Tokens } from '../clients/sfn.ts';
import type { Queues } from '../clients/sqs.ts';
import type { WorkMessage } from '../messages.ts';
import { safeCause } from './cause.ts';
import type { FinishedStep } from './memo.ts';
import { taskOutbox } from './task-entry.ts';

export interface FinishDeps {
  readonly table: Table;
  readonly bucket: Bucket;
  readonly tokens: Tokens;
  readonly queues: Queues;
  readonly now: () => string;
}

export interface Finished {
  readonly result: AgentResult;
  readonly steps: readonly FinishedStep[];
}

/** @returns false when the lease was lost before the commit, which then changed nothing. */
export async function commit(deps: FinishDeps, lease: Lease, finished: Finished): Promise<boolean> {
  const at = deps.now();
  const row = await getTask(deps.table, lease.name);
  if (row === undefined || row.epoch !== lease.epoch) return false;
  const result = await putObject(deps.bucket, lease.name.runId, finished.result.artifacts as Json);
  const outbox = taskOutbox(row, at, finished, result);
  const change = { at, result, done: finished.result.done ?? null };
  return (await commitTask(deps.table, lease, change, outbox)) || endedAs('committed', deps, lease);
}

/** @returns false when the lease was lost. */
export async function fail(
  deps: FinishDeps,
  lease: Lease,
  tryNumber: number,
  error: IdeaMineError,
  outbox?: Outbox,
): Promise<boolean> {
  const { retryAfterMs } = error.details;
  const failure: TaskFailure = {
    try: tryNumber,
    code: error.code,
    cause: safeCause(error.message),
    at: deps.now(),
    ...(isWait(retryAfterMs) ? { retryAfterMs } : {}),
  };
  return (await failTask(deps.table, lease, failure, outbox)) || endedAs('failed', deps, lease);
}

const isWait = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;

/** A refused write may be our own, whose reply was lost: then the row stands as it would have left it. */
async function endedAs(status: TaskRow['status'], deps: FinishDeps, lease: Lease): Promise<boolean> {
  const row = await getTask(deps.table, lease.name);
  return row?.status === status && row.epoch === lease.epoch;
}

/** Tells Step Functions how the try ended, as the row has it; then the token is forgotten. */
export async function tell(deps: Pick<FinishDeps, 'table' | 'tokens'>, row: TaskRow, token: string): Promise<void> {
  if (row.status === 'committed') {
    await deps.tokens.succeed(token, { task: row.task, ok: true });
  } else {
    const failure = row.failures.at(-1);
    await deps.tokens.fail(token, failure?.code ?? 'IdeaMine.Unknown', failure?.cause ?? 'no failure is on record');
  }
  await told(deps.table, row);
}

/** Puts the same token back on the queue: a fresh invocation goes on from the last step. */
export async function goOnLater(deps: FinishDeps, lease: Lease, row: TaskRow, message: WorkMessage): Promise<boolean> {
  const given = await continueLater(deps.table, lease);
  if (given === undefined && !(await endedAs('continuing', deps, lease))) return false;
  await deps.queues.send(row.workerClass, { ...message, continuation: row.continuation + 1 });
  return true;
}
