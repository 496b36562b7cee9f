// Tasks that were set aside with their whole history: listed, taken up again, or let go of for good. Who did it and why is
// told in the same transaction.

import { taskKey } from './keys.ts';
import { type Outbox, outboxItem } from './outbox.ts';
import { type Table, transact } from './table.ts';
import { listTasks, type TaskRow } from './task-row.ts';

export async function listQuarantined(table: Table, runId: string): Promise<TaskRow[]> {
  return (await listTasks(table, runId)).filter(({ status }) => status === 'set-aside');
}

/** Its failures stay on record, no longer counted; the run takes it up when it comes by it again. @returns false when it is not set aside. */
export function releaseTask(table: Table, seen: TaskRow, outbox: Outbox): Promise<boolean> {
  return transact(table, [
    {
      Update: {
        TableName: table.name,
        Key: taskKey(seen),
        UpdateExpression: 'SET #status = :planned, #try = :next, pardoned = :pardoned REMOVE discarded',
        ConditionExpression: '#status = :aside AND #try = :try',
        ExpressionAttributeNames: { '#status': 'status', '#try': 'try' },
        ExpressionAttributeValues: {
          ':planned': 'planned',
          ':aside': 'set-aside',
          ':try': seen.try,
          ':next': seen.try + 1,
          ':pardoned': seen.failures.length,
        },
      },
    },
    outboxItem(table, seen.runId, outbox),
  ]);
}

/** @returns false when it is not set aside, or was discarded before. */
export function discardTask(
  table: Table,
  seen: TaskRow,
  discarded: NonNullable<TaskRow['discarded']>,
  outbox: Outbox,
): Promise<boolean> {
  return transact(table, [
    {
      Update: {
        TableName: table.name,
        Key: taskKey(seen),
        UpdateExpression: 'SET discarded = :discarded',
        ConditionExpression: '#status = :aside AND #try = :try AND attribute_not_exists(discarded)',
        ExpressionAttributeNames: { '#status': 'status', '#try': 'try' },
        ExpressionAttributeValues: { ':aside': 'set-aside', ':try': seen.try, ':discarded': discarded },
      },
    },
    outboxItem(table, seen.runId, outbox),
  ]);
}
