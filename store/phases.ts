// Phase rows: where a phase of a run stands, which attempt is on, how it was handed on, what it has spent so far.

import { type AttemptRow, attemptItem } from './attempts.ts';
import { partition, phaseKey } from './keys.ts';
import { type Outbox, outboxItem } from './outbox.ts';
import { getRow, queryRows, type Table, transact, type WriteItem } from './table.ts';

/** `handed-on` is final within a run; `failed` until a resume opens the phase again. */
type PhaseStatus = 'running' | 'waiting' | 'handed-on' | 'failed';
type PhaseVerdict = 'passed' | 'advised' | 'approved' | 'waived' | 'failed';

export interface Waiver {
  readonly owner: string;
  readonly justification: string;
  readonly compensatingControl: string;
  readonly expiresAt: string;
}

export interface PhaseRow {
  readonly runId: string;
  readonly phase: string;
  readonly status: PhaseStatus;
  /** The attempt that is on, or was last; 1 or more. */
  readonly attempt: number;
  /** ISO times. */
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly verdict?: PhaseVerdict;
  readonly score?: number | null;
  readonly reason?: string;
  readonly waiver?: Waiver;
  /** Task token of the state that waits for a person; gone once it is answered. */
  readonly approvalToken?: string;
  readonly askedAt?: string;
}

export const getPhase = (table: Table, runId: string, phase: string): Promise<PhaseRow | undefined> =>
  getRow<PhaseRow>(table, phaseKey(runId, phase));

export const listPhases = (table: Table, runId: string): Promise<PhaseRow[]> =>
  queryRows<PhaseRow>(table, partition(runId), 'PHASE#');

/** With its first attempt. @returns false when the phase has begun already. */
export function beginPhase(table: Table, row: PhaseRow, attempt: AttemptRow, outbox: Outbox): Promise<boolean> {
  return transact(table, [
    {
      Put: {
        TableName: table.name,
        Item: { ...phaseKey(row.runId, row.phase), ...row },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    attemptItem(table, attempt),
    outboxItem(table, row.runId, outbox),
  ]);
}

/** Begins the next attempt, from the one seen. @returns false when another has moved the phase meanwhile. */
export function advancePhase(table: Table, seen: PhaseRow, next: AttemptRow, outbox: Outbox): Promise<boolean> {
  return transact(table, [
    {
      Update: {
        TableName: table.name,
        Key: phaseKey(seen.runId, seen.phase),
        UpdateExpression:
          'SET attempt = :next, #status = :running REMOVE endedAt, verdict, reason, approvalToken, askedAt',
        ConditionExpression: 'attempt = :seen AND #status = :status AND #status <> :handedOn',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':next': next.attempt,
          ':seen': seen.attempt,
          ':status': seen.status,
          ':running': 'running',
          ':handedOn': 'handed-on',
        },
      },
    },
    attemptItem(table, next),
    outboxItem(table, seen.runId, outbox),
  ]);
}

export interface PhaseEnd {
  readonly verdict: PhaseVerdict;
  readonly score: number | null;
  readonly reason: string;
  readonly at: string;
  readonly waiver?: Waiver;
}

/** Hands the phase on, or fails it. @returns false when that attempt is not the one on, or it has ended already. */
export function endPhase(table: Table, seen: PhaseRow, end: PhaseEnd, outbox: Outbox): Promise<boolean> {
  return transact(table, [
    {
      Update: {
        TableName: table.name,
        Key: phaseKey(seen.runId, seen.phase),
        UpdateExpression: `SET #status = :status, verdict = :verdict, score = :score, reason = :reason, endedAt = :at${
          end.waiver === undefined ? '' : ', waiver = :waiver'
        } REMOVE approvalToken`,
        ConditionExpression: 'attempt = :attempt AND #status IN (:running, :waiting)',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':status': end.verdict === 'failed' ? 'failed' : 'handed-on',
          ':verdict': end.verdict,
          ':score': end.score,
          ':reason': end.reason,
          ':at': end.at,
          ':attempt': seen.attempt,
          ':running': 'running',
          ':waiting': 'waiting',
          ...(end.waiver === undefined ? {} : { ':waiver': end.waiver }),
        },
      },
    },
    outboxItem(table, seen.runId, outbox),
  ]);
}

/**
 * Leaves the token of the state that waits for a person. A newer token takes the place of an older one; the outbox item
 * goes with the first alone. @returns false when the phase is no longer as it was seen.
 */
export function awaitDecision(
  table: Table,
  seen: PhaseRow,
  token: string,
  at: string,
  outbox: Outbox,
): Promise<boolean> {
  const wait: WriteItem = {
    Update: {
      TableName: table.name,
      Key: phaseKey(seen.runId, seen.phase),
      UpdateExpression: 'SET #status = :waiting, approvalToken = :token, askedAt = if_not_exists(askedAt, :at)',
      ConditionExpression: 'attempt = :attempt AND #status = :seen AND #status IN (:running, :waiting)',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':waiting': 'waiting',
        ':running': 'running',
        ':token': token,
        ':at': at,
        ':attempt': seen.attempt,
        ':seen': seen.status,
      },
    },
  };
  return transact(table, seen.status === 'waiting' ? [wait] : [wait, outboxItem(table, seen.runId, outbox)]);
}
