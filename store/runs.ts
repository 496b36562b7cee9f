// Run rows: one for each run, from open to close, reopened by a resume under the same id.
// A run is open while its status is RUNNING; an item in the ACTIVE partition says so to the stall sweep.

import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { ACTIVE, activeKey, RUNS, runKey } from './keys.ts';
import { type Outbox, outboxItem } from './outbox.ts';
import { collect, getRow, queryIndex, type Table, transact, update } from './table.ts';

export type GatesMode = 'enforce' | 'advise';
type RunStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED';

export interface PhaseShare {
  readonly tokens: number;
  readonly toolMs: number;
  readonly usdMicros: number;
}

export interface RunRow {
  readonly runId: string;
  readonly name: string;
  readonly status: RunStatus;
  /** The execution that runs it now, or ran it last. */
  readonly executionArn: string;
  /** ISO times. */
  readonly startedAt: string;
  readonly endedAt?: string;
  /** Executions under this id so far: 1 + resumes. */
  readonly openings: number;
  readonly pipeline: {
    readonly name: string;
    readonly version: string;
    readonly hash: string;
    readonly structureHash: string;
  };
  readonly gates: GatesMode;
  readonly budgetUsdMicros: number;
  /** The run's budget split over its phases; the parts sum to the whole. */
  readonly shares: Readonly<Record<string, PhaseShare>>;
  readonly idea: { readonly sha256: string; readonly bytes: number };
  readonly deadlineAt: string;
  /**
   * When all entries of its ledger expire, epoch seconds. Fixed when the run opens, since no role may change an entry: 90 days
   * (spec §7) after the latest time at which it may end, waits for people included. Absent for runs of before.
   */
  readonly ledgerExpiresAt?: number;
  /** Since when a person is waited for: the run's clock stands still. Absent: it goes. */
  readonly waitingSince?: string;
  /** Why it ended as it did, for people. */
  readonly cause?: string;
  readonly dossier?: { readonly json: string; readonly html: string; readonly sha256: string };
  /** What was published of the dossier with that hash: SHA-256 by file name. */
  readonly published?: { readonly dossier: string; readonly files: Readonly<Record<string, string>> };
}

export const getRun = (table: Table, runId: string): Promise<RunRow | undefined> =>
  getRow<RunRow>(table, runKey(runId));

/** @returns false when the run exists already. */
export function createRun(table: Table, run: RunRow, outbox: Outbox): Promise<boolean> {
  return transact(table, [
    {
      Put: {
        TableName: table.name,
        Item: { ...runKey(run.runId), ...run, gsi1pk: RUNS, gsi1sk: `${run.startedAt}#${run.runId}` },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    { Put: { TableName: table.name, Item: { ...activeKey(run.runId), runId: run.runId } } },
    outboxItem(table, run.runId, outbox),
  ]);
}

/** Opens an ended run again under a new execution. @returns false when it is not an ended, unreleased run. */
export function reopenRun(
  table: Table,
  runId: string,
  change: { readonly executionArn: string; readonly deadlineAt: string },
  outbox: Outbox,
): Promise<boolean> {
  return transact(table, [
    {
      Update: {
        TableName: table.name,
        Key: runKey(runId),
        UpdateExpression:
          'SET #status = :running, executionArn = :arn, deadlineAt = :deadline, openings = openings + :one REMOVE endedAt, cause, waitingSince',
        ConditionExpression: '#status = :failed AND executionArn <> :arn',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':running': 'RUNNING',
          ':failed': 'FAILED',
          ':arn': change.executionArn,
          ':deadline': change.deadlineAt,
          ':one': 1,
        },
      },
    },
    { Put: { TableName: table.name, Item: { ...activeKey(runId), runId } } },
    outboxItem(table, runId, outbox),
  ]);
}

export interface RunEnd {
  readonly executionArn: string;
  readonly status: Exclude<RunStatus, 'RUNNING'>;
  readonly at: string;
  readonly cause: string;
  readonly dossier: NonNullable<RunRow['dossier']>;
}

/** @returns false when another execution holds the run or it has ended already. */
export function endRun(table: Table, runId: string, end: RunEnd, outbox: Outbox): Promise<boolean> {
  return transact(table, [
    {
      Update: {
        TableName: table.name,
        Key: runKey(runId),
        UpdateExpression: 'SET #status = :status, endedAt = :at, cause = :cause, dossier = :dossier',
        ConditionExpression: '#status = :running AND executionArn = :arn',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':status': end.status,
          ':running': 'RUNNING',
          ':arn': end.executionArn,
          ':at': end.at,
          ':cause': end.cause,
          ':dossier': end.dossier,
        },
      },
    },
    outboxItem(table, runId, outbox),
  ]);
}

/** A person is waited for, or one more is: the clock has stood still since the first. */
export async function stopClock(table: Table, runId: string, at: string): Promise<void> {
  await update(table, runKey(runId), {
    UpdateExpression: 'SET waitingSince = if_not_exists(waitingSince, :at)',
    ConditionExpression: '#status = :running',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':at': at, ':running': 'RUNNING' },
  });
}

/** Nobody is waited for any more. @returns undefined when another has let the clock go on, or it has stopped anew. */
export function startClock(table: Table, seen: RunRow, deadlineAt: string): Promise<RunRow | undefined> {
  return update<RunRow>(table, runKey(seen.runId), {
    UpdateExpression: 'SET deadlineAt = :deadline REMOVE waitingSince',
    ConditionExpression: '#status = :running AND waitingSince = :since AND deadlineAt = :before',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':deadline': deadlineAt,
      ':running': 'RUNNING',
      ':since': seen.waitingSince,
      ':before': seen.deadlineAt,
    },
  });
}

/** Last step of a close: from here on the run keeps no sweep awake. Harmless twice. */
export async function markInactive(table: Table, runId: string): Promise<void> {
  await table.documents.send(new DeleteCommand({ TableName: table.name, Key: activeKey(runId) }));
}

export async function activeRunIds(table: Table, limit?: number): Promise<string[]> {
  const rows = await collect<{ runId: string }>(
    table,
    { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': ACTIVE }, ConsistentRead: true },
    { limit },
  );
  return rows.map((row) => row.runId);
}

/** Newest first. */
export const listRuns = (table: Table, limit: number): Promise<RunRow[]> =>
  queryIndex<RunRow>(table, RUNS, '9999', { limit, newestFirst: true });
