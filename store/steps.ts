// Memoised steps of a task: a resumed task skips what it has finished. Every start of a step is counted before it runs,
// and it is finished once; both only under the lease. So a step that ran again after it was finished would show.

import type { Json } from '../core/json.ts';
import { partition, stepKey, stepPrefix, type TaskName, taskPath } from './keys.ts';
import type { Bucket } from './objects.ts';
import { keepPayload, type Payload, readPayload } from './payload.ts';
import { getRow, queryRows, type Table, transact } from './table.ts';
import { type Lease, leaseCheck } from './task-lease.ts';

export interface Step {
  readonly name: string;
  /** Order of finishing in the task, 1 or more. */
  readonly seq: number;
  readonly value: Json;
  /** How often it was started: more than 1 when a start was cut off before the step was finished. */
  readonly runs: number;
}

interface StepRow {
  readonly step: string;
  readonly runs: number;
  /** Absent until the step is finished, like `payload`. */
  readonly seq?: number;
  readonly payload?: Payload;
}

type FinishedRow = Required<StepRow>;

/** The finished ones, in order of finishing. */
export async function loadSteps(table: Table, bucket: Bucket, name: TaskName, variant: string): Promise<Step[]> {
  const rows = await queryRows<StepRow>(table, partition(name.runId), stepPrefix(name, variant));
  const steps = await Promise.all(
    rows.filter(isFinished).map(async (row) => ({
      name: row.step,
      seq: row.seq,
      runs: row.runs,
      value: await readPayload(bucket, row.payload),
    })),
  );
  return steps.sort((a, b) => a.seq - b.seq);
}

/** Of every way of working; how far a task has come, for those who decide on it. */
export async function countFinishedSteps(table: Table, name: TaskName): Promise<number> {
  const rows = await queryRows<StepRow>(table, partition(name.runId), `STEP#${taskPath(name)}#`);
  return rows.filter(isFinished).length;
}

function isFinished(row: StepRow): row is FinishedRow {
  return row.payload !== undefined;
}

/** Counts a start. @returns false when the lease is lost, or the step is finished already. */
export function startStep(table: Table, lease: Lease, variant: string, step: string): Promise<boolean> {
  return transact(table, [
    leaseCheck(table, lease),
    {
      Update: {
        TableName: table.name,
        Key: stepKey(lease.name, variant, step),
        UpdateExpression: 'SET step = :step ADD #runs :one',
        ConditionExpression: 'attribute_not_exists(payload)',
        ExpressionAttributeNames: { '#runs': 'runs' },
        ExpressionAttributeValues: { ':step': step, ':one': 1 },
      },
    },
  ]);
}

/** @returns how often it was started, or undefined when the lease is lost or the step was finished before. */
export async function commitStep(
  table: Table,
  bucket: Bucket,
  lease: Lease,
  variant: string,
  step: Omit<Step, 'runs'>,
  at: string,
): Promise<number | undefined> {
  const payload = await keepPayload(bucket, lease.name.runId, step.value);
  const key = stepKey(lease.name, variant, step.name);
  const committed = await transact(table, [
    leaseCheck(table, lease),
    {
      Update: {
        TableName: table.name,
        Key: key,
        UpdateExpression: 'SET seq = :seq, payload = :payload, #at = :at',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(payload)',
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: { ':seq': step.seq, ':payload': payload, ':at': at },
      },
    },
  ]);
  return committed ? (await getRow<StepRow>(table, key))?.runs : undefined;
}
