// Memoised steps of a task: a resumed task skips what it has finished. A step is put once, and only under the lease.

import type { Json } from '../core/json.ts';
import { partition, stepKey, stepPrefix, type TaskName } from './keys.ts';
import type { Bucket } from './objects.ts';
import { keepPayload, type Payload, readPayload } from './payload.ts';
import { queryRows, type Table, transact } from './table.ts';
import { type Lease, leaseCheck } from './task-lease.ts';

export interface Step {
  readonly name: string;
  /** Order of finishing in the task, 1 or more. */
  readonly seq: number;
  readonly value: Json;
}

interface StepRow {
  readonly step: string;
  readonly seq: number;
  readonly payload: Payload;
}

/** In order of finishing. */
export async function loadSteps(table: Table, bucket: Bucket, name: TaskName, variant: string): Promise<Step[]> {
  const rows = await queryRows<StepRow>(table, partition(name.runId), stepPrefix(name, variant));
  const steps = await Promise.all(
    rows.map(async (row) => ({ name: row.step, seq: row.seq, value: await readPayload(bucket, row.payload) })),
  );
  return steps.sort((a, b) => a.seq - b.seq);
}

/** @returns false when the lease is lost, or the step was finished before. */
export async function commitStep(
  table: Table,
  bucket: Bucket,
  lease: Lease,
  variant: string,
  step: Step,
  at: string,
): Promise<boolean> {
  const payload = await keepPayload(bucket, lease.name.runId, step.value);
  return transact(table, [
    leaseCheck(table, lease),
    {
      Put: {
        TableName: table.name,
        Item: { ...stepKey(lease.name, variant, step.name), step: step.name, seq: step.seq, payload, at },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
  ]);
}
