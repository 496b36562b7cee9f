// The row of a task: what it is to do, who holds it, what it has spent, how it ended.
// Its life: planned -> claimed -> committed, or failed / superseded -> planned again (try + 1) or set aside.
// `continuing` is a claim given back near the time limit, waiting for its own message.

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Json } from '../core/json.ts';
import type { TaskShard } from '../core/scheduling/task-spec.ts';
import type { ArtifactRef } from './artifacts.ts';
import { partition, roundPath, type TaskName, taskKey } from './keys.ts';
import { conditionFailed, getRow, queryRows, type Table } from './table.ts';

type TaskStatus = 'planned' | 'claimed' | 'continuing' | 'failed' | 'superseded' | 'committed' | 'set-aside';

export interface TaskFailure {
  readonly try: number;
  readonly code: string;
  /** Short, without secrets. */
  readonly cause: string;
  readonly at: string;
  /** What the other side asked to wait, ms. */
  readonly retryAfterMs?: number;
}

/** What a plan fixes about a task. */
export interface PlannedTask extends TaskName {
  readonly agent: string;
  readonly workerClass: 'models' | 'tools';
  /** SHA-256 over run, phase, attempt, round, agent, shard, inputs and contract version: the same work, the same key. */
  readonly idempotencyKey: string;
  /** The part [start, end) of the list `over` that is this task's; null for a whole task. */
  readonly shard: TaskShard | null;
  /** Artifacts of earlier phases that it may read. */
  readonly inputs: Readonly<Record<string, ArtifactRef>>;
  /** What earlier waves of this round have made, aggregated: an object of contents by type. */
  readonly made: ArtifactRef | null;
  /** The same of the round before, in iterative phases. */
  readonly previous: ArtifactRef | null;
  readonly strict: boolean;
  /** Its share of the phase's budget. */
  readonly budgetTokens: number;
  readonly budgetToolMs: number;
  readonly budgetUsdMicros: number;
  /** A claim whose last beat is older than this is stale, ms. */
  readonly staleMs: number;
  readonly timeoutSeconds: number;
  readonly heartbeatSeconds: number;
}

export interface TaskRow extends PlannedTask {
  readonly status: TaskStatus;
  readonly try: number;
  /** Counts claims: a write under an older epoch is refused. */
  readonly epoch: number;
  readonly continuation: number;
  readonly failures: readonly TaskFailure[];
  /** Failures before a resume took the task up again: on record, but no longer counted. */
  readonly pardoned: number;
  readonly plannedAt: string;
  /** Still free of the budget: budget - spent - reserved. */
  readonly freeTokens: number;
  readonly freeUsdMicros: number;
  readonly reservedTokens: number;
  readonly reservedUsdMicros: number;
  readonly spentTokens: number;
  readonly spentUsdMicros: number;
  readonly modelCalls: number;
  /** The part of `spentTokens` that was read from a cache; absent when nothing was. */
  readonly cachedTokens?: number;
  /** Who answered last; absent when nobody was asked. */
  readonly model?: {
    readonly provider: string;
    readonly model: string;
    /** SHA-256 of the prompt files that were used. */
    readonly prompt?: string;
    /** The price table the cost was computed from. */
    readonly prices?: string;
  };
  /** Of the claim; the token is also kept after the commit until Step Functions was told. */
  readonly owner?: string;
  readonly token?: string;
  readonly startedAt?: string;
  readonly heartbeatAt?: string;
  readonly progress?: number;
  /** Of the commit. */
  readonly committedAt?: string;
  /** What the task made: an object of contents by artifact type. */
  readonly result?: ArtifactRef;
  readonly done?: boolean | null;
  /** The attempt that did the work, where a later one only keeps its result. */
  readonly workedIn?: number;
  /** Items of its shard it works on at a time; absent: all at once. */
  readonly batchSize?: number;
  /** Models of the agent's ladder that are passed over; absent: none. */
  readonly rung?: number;
  /** A person let go of a task that was set aside: no resume takes it up again. */
  readonly discarded?: { readonly by: string; readonly at: string; readonly reason: string };
  /** Of the retry that is on its way. */
  readonly delaySeconds?: number;
  readonly move?: Json;
}

export const getTask = (table: Table, name: TaskName): Promise<TaskRow | undefined> =>
  getRow<TaskRow>(table, taskKey(name));

/** In order of attempt, round, wave and task. */
export const listTasks = (table: Table, runId: string, phase?: string, attempt?: number): Promise<TaskRow[]> => {
  const prefix = phase === undefined ? '' : attempt === undefined ? `${phase}#` : `${phase}#${pad(attempt)}#`;
  return queryRows<TaskRow>(table, partition(runId), `TASK#${prefix}`);
};

export const listRoundTasks = (
  table: Table,
  name: Pick<TaskName, 'runId' | 'phase' | 'attempt' | 'round'>,
): Promise<TaskRow[]> => queryRows<TaskRow>(table, partition(name.runId), `TASK#${roundPath(name)}#`);

const pad = (attempt: number): string => String(attempt).padStart(2, '0');

/** Writes a planned task, once. @returns false when it exists, which leaves it as it is. */
export async function planTask(table: Table, task: PlannedTask, at: string): Promise<boolean> {
  const row: TaskRow = {
    ...task,
    status: 'planned',
    try: 1,
    epoch: 0,
    continuation: 0,
    failures: [],
    pardoned: 0,
    plannedAt: at,
    freeTokens: task.budgetTokens,
    freeUsdMicros: task.budgetUsdMicros,
    reservedTokens: 0,
    reservedUsdMicros: 0,
    spentTokens: 0,
    spentUsdMicros: 0,
    modelCalls: 0,
  };
  try {
    await table.documents.send(
      new PutCommand({
        TableName: table.name,
        Item: { ...taskKey(task), ...row },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
    return true;
  } catch (error) {
    if (conditionFailed(error)) return false;
    throw error;
  }
}
