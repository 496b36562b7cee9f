// What an agent leaves for its own resumption, beside its memoised steps: the last saved wins, under the lease only.

import type { Json } from '../core/json.ts';
import { checkpointKey, type TaskName } from './keys.ts';
import type { Bucket } from './objects.ts';
import { keepPayload, type Payload, readPayload } from './payload.ts';
import { getRow, type Table, transact } from './table.ts';
import { type Lease, leaseCheck } from './task-lease.ts';

/** Days a checkpoint is kept after its last save (spec §2). */
const KEPT_DAYS = 7;

export async function loadCheckpoint(table: Table, bucket: Bucket, name: TaskName): Promise<Json | undefined> {
  const row = await getRow<{ payload: Payload }>(table, checkpointKey(name));
  return row === undefined ? undefined : readPayload(bucket, row.payload);
}

/** @param keepUntil ISO time the run may last until; the checkpoint expires 7 days later. @returns false when the lease is lost. */
export async function saveCheckpoint(
  table: Table,
  bucket: Bucket,
  lease: Lease,
  data: Json,
  at: string,
  keepUntil: string,
): Promise<boolean> {
  const payload = await keepPayload(bucket, lease.name.runId, data);
  return transact(table, [
    leaseCheck(table, lease),
    {
      Put: {
        TableName: table.name,
        Item: {
          ...checkpointKey(lease.name),
          payload,
          at,
          expiresAt: Math.floor(Date.parse(keepUntil) / 1000) + KEPT_DAYS * 86_400,
        },
      },
    },
  ]);
}
