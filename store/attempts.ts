// Attempt rows: one for each gate attempt of a phase, with the fixes it was started with and what its gate said.

import type { Json } from '../core/json.ts';
import { attemptKey, partition } from './keys.ts';
import { type Outbox, outboxItem } from './outbox.ts';
import { getRow, queryRows, type Table, transact, update } from './table.ts';

export interface AttemptRow {
  readonly runId: string;
  readonly phase: string;
  readonly attempt: number;
  readonly status: 'running' | 'gated';
  readonly startedAt: string;
  readonly endedAt?: string;
  /** What this attempt does otherwise than the last one. */
  readonly fixes: readonly Json[];
  /** Rounds aggregated so far, and whether an agent said it is done. */
  readonly rounds: number;
  readonly verdict?: 'passed' | 'failed';
  readonly score?: number | null;
  /** Gate report as an object of the bucket. */
  readonly report?: { readonly key: string; readonly sha256: string };
  /** Canonical issues, sorted: two attempts with the same are no progress. */
  readonly issues?: readonly string[];
  readonly reasons?: readonly string[];
}

export const getAttempt = (
  table: Table,
  runId: string,
  phase: string,
  attempt: number,
): Promise<AttemptRow | undefined> => getRow<AttemptRow>(table, attemptKey(runId, phase, attempt));

/** In order of attempt. */
export const listAttempts = (table: Table, runId: string, phase?: string): Promise<AttemptRow[]> =>
  queryRows<AttemptRow>(table, partition(runId), phase === undefined ? 'ATTEMPT#' : `ATTEMPT#${phase}#`);

/** @returns false when it has begun already, which leaves it as it is. */
export function beginAttempt(table: Table, row: AttemptRow): Promise<boolean> {
  return transact(table, [
    {
      Put: {
        TableName: table.name,
        Item: { ...attemptKey(row.runId, row.phase, row.attempt), ...row },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
  ]);
}

/** Counts a round as aggregated. @returns undefined when that round was counted before. */
export function countRound(table: Table, name: AttemptRow, round: number): Promise<AttemptRow | undefined> {
  return update<AttemptRow>(table, attemptKey(name.runId, name.phase, name.attempt), {
    UpdateExpression: 'SET rounds = :round',
    ConditionExpression: 'attribute_exists(pk) AND rounds < :round',
    ExpressionAttributeValues: { ':round': round },
  });
}

export interface GateResult {
  readonly verdict: 'passed' | 'failed';
  readonly score: number | null;
  readonly report: { readonly key: string; readonly sha256: string };
  readonly issues: readonly string[];
  readonly reasons: readonly string[];
  readonly at: string;
}

/** Records what the gate said, once. @returns false when it was recorded before. */
export function recordGate(table: Table, name: AttemptRow, gate: GateResult, outbox: Outbox): Promise<boolean> {
  return transact(table, [
    {
      Update: {
        TableName: table.name,
        Key: attemptKey(name.runId, name.phase, name.attempt),
        UpdateExpression:
          'SET #status = :gated, verdict = :verdict, score = :score, report = :report, issues = :issues, reasons = :reasons, endedAt = :at',
        ConditionExpression: '#status = :running',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':gated': 'gated',
          ':running': 'running',
          ':verdict': gate.verdict,
          ':score': gate.score,
          ':report': gate.report,
          ':issues': gate.issues,
          ':reasons': gate.reasons,
          ':at': gate.at,
        },
      },
    },
    outboxItem(table, name.runId, outbox),
  ]);
}
