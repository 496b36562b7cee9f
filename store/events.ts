// Event rows: what happened in a run, numbered without gaps by the ledger function; the number is the order.

import type { RunEvent } from '../core/ledger/event.ts';
import { eventKey, partition } from './keys.ts';
import { collect, queryRows, type Table } from './table.ts';

/** Days an event is kept (spec §7). */
export const EVENTS_KEPT_DAYS = 30;

export interface EventRow extends RunEvent {
  readonly expiresAt: number;
}

export async function lastEvent(table: Table, runId: string): Promise<EventRow | undefined> {
  const [last] = await queryRows<EventRow>(table, partition(runId), 'EVENT#', { limit: 1, newestFirst: true });
  return last;
}

/** 0 when there is none. */
export const lastEventSeq = async (table: Table, runId: string): Promise<number> =>
  (await lastEvent(table, runId))?.seq ?? 0;

/** Events numbered `from` to `to`, or all from there on, in order. */
export async function readEvents(table: Table, runId: string, from = 1, to = 999_999_999_999): Promise<EventRow[]> {
  return collect<EventRow>(
    table,
    {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': partition(runId),
        ':from': eventKey(runId, from).sk,
        ':to': eventKey(runId, to).sk,
      },
      ConsistentRead: true,
    },
    {},
  );
}
