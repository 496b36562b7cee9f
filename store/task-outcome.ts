// How a task's try ends: committed, failed, superseded; and what the supervisor makes of it: another try, or set aside.
// Each move names the state it starts from, so a late or repeated one is refused by its condition.

import type { Json } from '../core/json.ts';
import type { ArtifactRef } from './artifacts.ts';
import { taskKey } from './keys.ts';
import { type Outbox, outboxItem } from './outbox.ts';
import { type Table, transact, update } from './table.ts';
import type { Lease } from './task-lease.ts';
import type { TaskFailure, TaskRow } from './task-row.ts';

export interface TaskCommit {
  readonly at: string;
  readonly result: ArtifactRef;
  readonly done: boolean | null;
}

/**
 * Result and outbox entry in one transaction, only while the lease holds. The token stays in the row, and the row in
 * the index, until `told`: should the worker die before it has told Step Functions, the sweep does.
 * @returns false when the lease is lost.
 */
export function commitTask(table: Table, lease: Lease, commit: TaskCommit, outbox: Outbox): Promise<boolean> {
  return transact(table, [
    {
      Update: {
        TableName: table.name,
        Key: taskKey(lease.name),
        UpdateExpression:
          'SET #status = :committed, committedAt = :at, #result = :result, done = :done, progress = :one',
        ConditionExpression: '#status = :claimed AND epoch = :epoch',
        ExpressionAttributeNames: { '#status': 'status', '#result': 'result' },
        ExpressionAttributeValues: {
          ':committed': 'committed',
          ':claimed': 'claimed',
          ':epoch': lease.epoch,
          ':at': commit.at,
          ':result': commit.result,
          ':done': commit.done,
          ':one': 1,
        },
      },
    },
    outboxItem(table, lease.name.runId, outbox),
  ]);
}

/** Step Functions knows how the try ended: the token is no longer needed. Harmless twice, and after a newer claim. */
export function told(table: Table, row: TaskRow): Promise<TaskRow | undefined> {
  return update<TaskRow>(table, taskKey(row), {
    UpdateExpression: 'REMOVE #token, #owner, gsi1pk, gsi1sk',
    ConditionExpression: 'epoch = :epoch AND #status IN (:committed, :failed, :superseded)',
    ExpressionAttributeNames: { '#status': 'status', '#token': 'token', '#owner': 'owner' },
    ExpressionAttributeValues: {
      ':epoch': row.epoch,
      ':committed': 'committed',
      ':failed': 'failed',
      ':superseded': 'superseded',
    },
  });
}

/**
 * The holder gives up its try; like a commit, it stays in the index until `told`.
 * @param outbox what there is to say beside the failure itself, which the supervisor reports.
 * @returns false when the lease is lost.
 */
export function failTask(table: Table, lease: Lease, failure: TaskFailure, outbox?: Outbox): Promise<boolean> {
  return transact(table, [
    {
      Update: {
        TableName: table.name,
        Key: taskKey(lease.name),
        UpdateExpression: 'SET #status = :failed, failures = list_append(failures, :failure)',
        ConditionExpression: '#status = :claimed AND epoch = :epoch',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':failed': 'failed',
          ':claimed': 'claimed',
          ':epoch': lease.epoch,
          ':failure': [failure],
        },
      },
    },
    ...(outbox === undefined ? [] : [outboxItem(table, lease.name.runId, outbox)]),
  ]);
}

/** Takes a silent claim from its holder, as it was seen: one more beat meanwhile and it is refused. Stays in the index until `told`. */
export function supersedeTask(table: Table, seen: TaskRow, failure: TaskFailure, outbox: Outbox): Promise<boolean> {
  return transact(table, [
    {
      Update: {
        TableName: table.name,
        Key: taskKey(seen),
        UpdateExpression: 'SET #status = :superseded, failures = list_append(failures, :failure)',
        ConditionExpression: '#status = :claimed AND epoch = :epoch AND heartbeatAt = :beat',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':superseded': 'superseded',
          ':claimed': 'claimed',
          ':epoch': seen.epoch,
          ':beat': seen.heartbeatAt,
          ':failure': [failure],
        },
      },
    },
    outboxItem(table, seen.runId, outbox),
  ]);
}

export interface Retry {
  readonly delaySeconds: number;
  readonly strict: boolean;
  /** See TaskRow; null leaves them as they are. */
  readonly batchSize?: number | null;
  readonly rung?: number | null;
  /** Why, for people. */
  readonly move: Json;
  /** With the failure that caused it, when the worker could not record it itself. */
  readonly failures: readonly TaskFailure[];
}

/** Plans the next try of a task that has not been committed; whoever still holds the last one is fenced off. */
export function retryTask(table: Table, seen: TaskRow, retry: Retry, outbox: Outbox): Promise<boolean> {
  const { batchSize = null, rung = null } = retry;
  return transact(table, [
    {
      Update: {
        TableName: table.name,
        Key: taskKey(seen),
        UpdateExpression: `SET #status = :planned, #try = :next, epoch = :nextEpoch, failures = :failures, #strict = :strict, delaySeconds = :delay, #move = :move${batchSize === null ? '' : ', batchSize = :batch'}${rung === null ? '' : ', rung = :rung'} REMOVE #token, #owner, gsi1pk, gsi1sk`,
        ConditionExpression: '#try = :try AND NOT (#status IN (:committed, :aside))',
        ExpressionAttributeNames: {
          '#status': 'status',
          '#try': 'try',
          '#token': 'token',
          '#owner': 'owner',
          '#strict': 'strict',
          '#move': 'move',
        },
        ExpressionAttributeValues: {
          ':planned': 'planned',
          ':committed': 'committed',
          ':aside': 'set-aside',
          ':try': seen.try,
          ':next': seen.try + 1,
          ':nextEpoch': seen.epoch + 1,
          ':failures': retry.failures,
          ':strict': retry.strict,
          ':delay': retry.delaySeconds,
          ...(batchSize === null ? {} : { ':batch': batchSize }),
          ...(rung === null ? {} : { ':rung': rung }),
          ':move': retry.move,
        },
      },
    },
    outboxItem(table, seen.runId, outbox),
  ]);
}

/** Quarantine: the task is out of the run with its whole history, to be inspected. */
export function setAside(
  table: Table,
  seen: TaskRow,
  failures: readonly TaskFailure[],
  outbox: Outbox,
): Promise<boolean> {
  return transact(table, [
    {
      Update: {
        TableName: table.name,
        Key: taskKey(seen),
        UpdateExpression:
          'SET #status = :aside, failures = :failures, epoch = :nextEpoch REMOVE #token, #owner, gsi1pk, gsi1sk',
        ConditionExpression: '#try = :try AND NOT (#status IN (:committed, :aside))',
        ExpressionAttributeNames: { '#status': 'status', '#try': 'try', '#token': 'token', '#owner': 'owner' },
        ExpressionAttributeValues: {
          ':aside': 'set-aside',
          ':committed': 'committed',
          ':try': seen.try,
          ':nextEpoch': seen.epoch + 1,
          ':failures': failures,
        },
      },
    },
    outboxItem(table, seen.runId, outbox),
  ]);
}

/** Takes a set-aside task up again: a resumed run may try it anew. Its failures stay on record, no longer counted. */
export function reviveTask(table: Table, seen: TaskRow): Promise<TaskRow | undefined> {
  return update<TaskRow>(table, taskKey(seen), {
    UpdateExpression: 'SET #status = :planned, #try = :next, pardoned = :pardoned',
    ConditionExpression: '#status = :aside AND #try = :try',
    ExpressionAttributeNames: { '#status': 'status', '#try': 'try' },
    ExpressionAttributeValues: {
      ':planned': 'planned',
      ':aside': 'set-aside',
      ':try': seen.try,
      ':next': seen.try + 1,
      ':pardoned': seen.failures.length,
    },
  });
}
