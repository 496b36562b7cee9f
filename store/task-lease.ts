// The lease of a worker on a task: claim, heartbeat, giving it back. The epoch fences: each claim raises it, and every
// later write of the holder demands the epoch it was given. A held row stands in the index by its last heartbeat.

import { CLAIMED, type TaskName, taskKey, taskPath } from './keys.ts';
import { changed, type Table, update, type WriteItem } from './table.ts';
import type { TaskRow } from './task-row.ts';

export interface Claim {
  readonly token: string;
  readonly try: number;
  /** Names the invocation, for people. */
  readonly owner: string;
  readonly at: string;
  /** A live claim under another token may be taken: this message's token has proved to be the living one. */
  readonly takeOver: boolean;
}

/** Proof of a claim. */
export interface Lease {
  readonly name: TaskName;
  readonly epoch: number;
}

/**
 * Claims the task as it was seen. Reservations that a dead holder left are charged in full where money was at stake
 * (the call may have been billed) and given back where none was.
 * @returns the row under the new epoch, or undefined when it may not be claimed, or not any more.
 */
export function claimTask(table: Table, seen: TaskRow, claim: Claim): Promise<TaskRow | undefined> {
  const staleBefore = new Date(Date.parse(claim.at) - seen.staleMs).toISOString();
  const charged = seen.reservedUsdMicros > 0;
  return update<TaskRow>(table, taskKey(seen), {
    UpdateExpression: [
      'SET #status = :claimed, #try = :try, epoch = :next, #owner = :owner, #token = :token, heartbeatAt = :at,',
      'startedAt = if_not_exists(startedAt, :at), gsi1pk = :held, gsi1sk = :sort,',
      'reservedTokens = :zero, reservedUsdMicros = :zero,',
      charged
        ? 'spentTokens = spentTokens + :tokens, spentUsdMicros = spentUsdMicros + :usd'
        : 'freeTokens = freeTokens + :tokens, freeUsdMicros = freeUsdMicros + :usd',
    ].join(' '),
    ConditionExpression: [
      'epoch = :epoch AND #try <= :try AND (#status IN (:planned, :continuing)',
      'OR (#status = :claimed AND #try < :try)',
      'OR (#status = :claimed AND heartbeatAt <= :stale)',
      claim.takeOver ? 'OR (#status = :claimed AND #token <> :token))' : ')',
    ].join(' '),
    ExpressionAttributeNames: { '#status': 'status', '#try': 'try', '#owner': 'owner', '#token': 'token' },
    ExpressionAttributeValues: {
      ':claimed': 'claimed',
      ':planned': 'planned',
      ':continuing': 'continuing',
      ':try': claim.try,
      ':epoch': seen.epoch,
      ':next': seen.epoch + 1,
      ':owner': claim.owner,
      ':token': claim.token,
      ':at': claim.at,
      ':stale': staleBefore,
      ':held': CLAIMED,
      ':sort': heldSort(seen, claim.at),
      ':zero': 0,
      ':tokens': seen.reservedTokens,
      ':usd': seen.reservedUsdMicros,
    },
  });
}

/** By heartbeat time, then by name, so that equal times keep an order. */
const heldSort = (name: TaskName, at: string): string => `${at}#${name.runId}#${taskPath(name)}`;

const UNDER_LEASE = '#status = :claimed AND epoch = :epoch';

const leaseNames = { '#status': 'status' } as const;
const leaseValues = (lease: Lease) => ({ ':claimed': 'claimed', ':epoch': lease.epoch });

/** @returns false when the lease is lost. */
export function beat(table: Table, lease: Lease, at: string, progress: number | null): Promise<boolean> {
  return changed(table, taskKey(lease.name), {
    UpdateExpression: `SET heartbeatAt = :at, gsi1sk = :sort${progress === null ? '' : ', progress = :progress'}`,
    ConditionExpression: UNDER_LEASE,
    ExpressionAttributeNames: leaseNames,
    ExpressionAttributeValues: {
      ...leaseValues(lease),
      ':at': at,
      ':sort': heldSort(lease.name, at),
      ...(progress === null ? {} : { ':progress': progress }),
    },
  });
}

/** Gives the claim back for a fresh invocation that will get the same token. @returns undefined when the lease is lost. */
export function continueLater(table: Table, lease: Lease): Promise<TaskRow | undefined> {
  return giveBack(table, lease, 'continuing', 'SET #status = :next, continuation = continuation + :one', { ':one': 1 });
}

/** Gives the claim back because Step Functions no longer waits for it. */
export function release(table: Table, lease: Lease): Promise<TaskRow | undefined> {
  return giveBack(table, lease, 'planned', 'SET #status = :next', {});
}

function giveBack(
  table: Table,
  lease: Lease,
  next: 'continuing' | 'planned',
  set: string,
  values: Record<string, unknown>,
): Promise<TaskRow | undefined> {
  return update<TaskRow>(table, taskKey(lease.name), {
    // Not in the index while it waits in a queue: waiting is not a stall.
    UpdateExpression: `${set} REMOVE #token, #owner, gsi1pk, gsi1sk`,
    ConditionExpression: UNDER_LEASE,
    ExpressionAttributeNames: { ...leaseNames, '#token': 'token', '#owner': 'owner' },
    ExpressionAttributeValues: { ...leaseValues(lease), ...values, ':next': next },
  });
}

/** For a transaction that writes beside the task's row: it holds only while the lease does. */
export function leaseCheck(table: Table, lease: Lease): WriteItem {
  return {
    ConditionCheck: {
      TableName: table.name,
      Key: taskKey(lease.name),
      ConditionExpression: UNDER_LEASE,
      ExpressionAttributeNames: leaseNames,
      ExpressionAttributeValues: leaseValues(lease),
    },
  };
}
