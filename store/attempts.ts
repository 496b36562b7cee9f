// Attempt rows: one for each gate attempt of a phase, with the fixes it was started with and what its gate said.

import type { Directions } from '../core/gates/directions.ts';
import type { Fix } from '../core/gates/fixes.ts';
import type { Stage } from '../core/scheduling/stages.ts';
import type { ArtifactRef } from './artifacts.ts';
import { attemptKey, partition } from './keys.ts';
import { type Outbox, outboxItem } from './outbox.ts';
import { getRow, queryRows, type Table, transact, type WriteItem } from './table.ts';

export interface AttemptRow {
  readonly runId: string;
  readonly phase: string;
  readonly attempt: number;
  readonly status: 'running' | 'gated';
  readonly startedAt: string;
  readonly endedAt?: string;
  /** Its prompts are stricter, since answers of the last attempt were not grounded. */
  readonly strict: boolean;
  /** What this attempt does otherwise than the last one. */
  readonly fixes: readonly string[];
  /** Rounds aggregated so far, and what the last of them gave: an object of contents by artifact type. */
  readonly rounds: number;
  readonly last: ArtifactRef | null;
  /** What its rounds are for by now; absent while its own agents work. */
  readonly stage?: Stage | null;
  /** Clarification rounds that were aggregated. */
  readonly clarified?: number;
  /** What the phase found out by asking itself, earlier attempts included: an object of bindings, frames and assumptions. */
  readonly knowledge?: ArtifactRef | null;
  /** The judge's opinions, an object by criterion. */
  readonly judgements?: ArtifactRef | null;
  /** What it does otherwise than the last one, as its agents and its aggregation read it. */
  readonly directions?: Directions;
  /** What of it could not be handed on, and why, for the gate: `type: problem`. */
  readonly refused?: readonly string[];
  readonly verdict?: 'passed' | 'failed';
  readonly score?: number | null;
  /** Gate report as an object of the bucket. */
  readonly report?: { readonly key: string; readonly sha256: string };
  /** Canonical issues, sorted: two attempts with the same are no progress. */
  readonly issues?: readonly string[];
  /** Why the gate failed, for people. */
  readonly reasons?: readonly string[];
  /** What another attempt would do about the issues; none of them helps when all are manual. */
  readonly remedies?: readonly Remedy[];
}

/** Why a remedy is not carried out again. */
export const FIX_FAILED = 'the fix was carried out before and has failed';

/** An issue's fix; `automatic` when another attempt would carry it out, `strict` when it asks for stricter prompts. */
export interface Remedy {
  readonly issue: string;
  readonly fix: Fix;
  /** Types the issue was found in; absent when it concerns all. */
  readonly artifacts?: readonly string[];
  readonly automatic: boolean;
  readonly strict: boolean;
  /** Why it is not automatic, where that is not plain from the fix. */
  readonly because?: string;
  /** Agents beyond the pipeline's that it adds, and agents that it has work again. */
  readonly add?: readonly string[];
  readonly rerun?: readonly string[];
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

/** For the transaction that begins it with its phase: an attempt without its row would be lost. */
export function attemptItem(table: Table, row: AttemptRow): WriteItem {
  return {
    Put: {
      TableName: table.name,
      Item: { ...attemptKey(row.runId, row.phase, row.attempt), ...row },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

export interface RoundResult {
  readonly round: number;
  readonly last: ArtifactRef;
  readonly refused: readonly string[];
  /** The stage of the next round; absent when the phase's own agents go on, or nothing does. */
  readonly stage?: Stage;
  readonly clarified?: number;
  readonly knowledge?: ArtifactRef | null;
  readonly judgements?: ArtifactRef | null;
}

/** Counts a round as aggregated, with the artifacts it hands on. @returns false when it was counted before. */
export function recordRound(
  table: Table,
  name: AttemptRow,
  result: RoundResult,
  artifacts: readonly WriteItem[],
  outbox: Outbox,
): Promise<boolean> {
  return transact(table, [
    {
      Update: {
        TableName: table.name,
        Key: attemptKey(name.runId, name.phase, name.attempt),
        UpdateExpression:
          'SET rounds = :round, #last = :last, refused = :refused, #stage = :stage, clarified = :clarified, knowledge = :knowledge, judgements = :judgements',
        ConditionExpression: 'rounds < :round AND #status = :running',
        ExpressionAttributeNames: { '#status': 'status', '#last': 'last', '#stage': 'stage' },
        ExpressionAttributeValues: {
          ':round': result.round,
          ':last': result.last,
          ':refused': result.refused,
          ':stage': result.stage ?? null,
          ':clarified': result.clarified ?? 0,
          ':knowledge': result.knowledge ?? null,
          ':judgements': result.judgements ?? null,
          ':running': 'running',
        },
      },
    },
    ...artifacts,
    outboxItem(table, name.runId, outbox),
  ]);
}

export interface GateResult {
  readonly verdict: 'passed' | 'failed';
  readonly score: number | null;
  readonly report: { readonly key: string; readonly sha256: string };
  readonly issues: readonly string[];
  readonly reasons: readonly string[];
  /** See AttemptRow. */
  readonly refused: readonly string[];
  readonly remedies: readonly Remedy[];
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
          'SET #status = :gated, verdict = :verdict, score = :score, report = :report, issues = :issues, reasons = :reasons, refused = :refused, remedies = :remedies, endedAt = :at',
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
          ':refused': gate.refused,
          ':remedies': gate.remedies,
          ':at': gate.at,
        },
      },
    },
    outboxItem(table, name.runId, outbox),
  ]);
}
