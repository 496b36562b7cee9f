// The ledger table: numbered, chained entries of a run, append-only. One transaction puts the entries and events of
// one outbox item with a marker, so an item that is delivered twice is numbered once. Only the ledger function appends.

import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { LedgerEntry } from '../core/ledger/entry.ts';
import type { EventRow } from './events.ts';
import { eventKey, LEDGER_NUMBERS_BELOW, ledgerKey, ledgerMarkerKey, partition } from './keys.ts';
import { collect, getRow, refusedBy, type Table } from './table.ts';

export interface Marker {
  readonly outboxId: string;
  /** Numbers the item's events were given, none when from > to. */
  readonly events: { readonly from: number; readonly to: number };
}

export const getMarker = (ledger: Table, runId: string, outboxId: string): Promise<Marker | undefined> =>
  getRow<Marker>(ledger, ledgerMarkerKey(runId, outboxId));

export async function lastEntry(ledger: Table, runId: string): Promise<LedgerEntry | undefined> {
  const [last] = await readLedger(ledger, runId, { limit: 1, newestFirst: true });
  return last;
}

export interface LedgerQuery {
  /** Only entries with a higher number. */
  readonly after?: number;
  readonly limit?: number;
  readonly newestFirst?: boolean;
}

/** Entries in order of number. */
export async function readLedger(ledger: Table, runId: string, query: LedgerQuery = {}): Promise<LedgerEntry[]> {
  const rows = await collect<LedgerEntry & { pk: string; sk: string; expiresAt?: number }>(
    ledger,
    {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :below',
      ExpressionAttributeValues: {
        ':pk': partition(runId),
        ':from': ledgerKey(runId, (query.after ?? 0) + 1).sk,
        ':below': LEDGER_NUMBERS_BELOW,
      },
      ConsistentRead: true,
    },
    query,
  );
  return rows.map(({ pk: _pk, sk: _sk, expiresAt: _expiresAt, ...entry }) => entry as LedgerEntry);
}

export interface Numbered {
  readonly outboxId: string;
  readonly entries: readonly LedgerEntry[];
  readonly events: readonly EventRow[];
  /** Number of the last event before these. */
  readonly eventsBefore: number;
  /** Epoch seconds, the same for all entries of a run: a chain that lost its beginning alone would prove nothing. */
  readonly expiresAt?: number;
}

/** `known`: the item was numbered before. `moved`: another took one of the numbers; read the heads again. */
export type Appended = 'appended' | 'known' | 'moved';

export async function appendLedger(ledger: Table, data: Table, runId: string, numbered: Numbered): Promise<Appended> {
  const marker: Marker = {
    outboxId: numbered.outboxId,
    events: { from: numbered.eventsBefore + 1, to: numbered.eventsBefore + numbered.events.length },
  };
  const expiry = numbered.expiresAt === undefined ? {} : { expiresAt: numbered.expiresAt };
  try {
    await ledger.documents.send(
      new TransactWriteCommand({
        TransactItems: [
          putNew(ledger, { ...ledgerMarkerKey(runId, numbered.outboxId), ...marker, ...expiry }),
          ...numbered.entries.map((entry) => putNew(ledger, { ...ledgerKey(runId, entry.seq), ...entry, ...expiry })),
          ...numbered.events.map((event) => putNew(data, { ...eventKey(runId, event.seq), ...event })),
        ],
      }),
    );
    return 'appended';
  } catch (error) {
    const [markerReason, ...others] = refusedBy(error);
    if (markerReason === 'ConditionalCheckFailed') return 'known';
    if ([markerReason, ...others].some((reason) => MOVED.has(reason ?? ''))) return 'moved';
    throw error;
  }
}

const MOVED: ReadonlySet<string> = new Set(['ConditionalCheckFailed', 'TransactionConflict']);

const putNew = (table: Table, item: object) => ({
  Put: { TableName: table.name, Item: { ...item }, ConditionExpression: 'attribute_not_exists(pk)' },
});
