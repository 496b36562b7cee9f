// Timer rows: the run's own list of its one-time schedules, so that a close can cancel them and a timer that fires
// twice, or after it was cancelled, does nothing.

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { partition, timerKey } from './keys.ts';
import { queryRows, type Table, update } from './table.ts';

export interface TimerRow {
  readonly runId: string;
  /** Unique in the run, such as `run-deadline`. */
  readonly name: string;
  readonly kind: string;
  /** ISO time it fires at. */
  readonly at: string;
  readonly status: 'armed' | 'fired' | 'cancelled';
  /** Name of the schedule that fires it. */
  readonly schedule: string;
  readonly phase?: string;
  readonly attempt?: number;
}

/** Arms a timer, again when it was armed, fired or cancelled before: the newest time holds. */
export async function armTimer(table: Table, row: TimerRow): Promise<void> {
  await table.documents.send(
    new PutCommand({ TableName: table.name, Item: { ...timerKey(row.runId, row.name), ...row } }),
  );
}

/** @returns the timer when it was armed for `at` or earlier and is now fired; undefined when there is nothing to do. */
export function fireTimer(table: Table, runId: string, name: string, at: string): Promise<TimerRow | undefined> {
  return settleTimer(table, runId, name, 'fired', at);
}

/** @returns undefined when it was not armed. */
export function cancelTimer(table: Table, row: TimerRow): Promise<TimerRow | undefined> {
  return settleTimer(table, row.runId, row.name, 'cancelled', row.at);
}

function settleTimer(
  table: Table,
  runId: string,
  name: string,
  status: 'fired' | 'cancelled',
  upTo: string,
): Promise<TimerRow | undefined> {
  return update<TimerRow>(table, timerKey(runId, name), {
    UpdateExpression: 'SET #status = :status',
    ConditionExpression: '#status = :armed AND #at <= :upTo',
    ExpressionAttributeNames: { '#status': 'status', '#at': 'at' },
    ExpressionAttributeValues: { ':status': status, ':armed': 'armed', ':upTo': upTo },
  });
}

export const listTimers = (table: Table, runId: string): Promise<TimerRow[]> =>
  queryRows<TimerRow>(table, partition(runId), 'TIMER#');
