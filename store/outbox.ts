// The outbox: what a state change has to tell the ledger and the world, written in the same transaction as the change.
// The id is made from what happened, so a retry of the change is one item. The ledger function numbers it later.

import type { LedgerEntryDraft } from '../core/ledger/entry.ts';
import type { EventDraft } from '../core/ledger/event.ts';
import { outboxKey } from './keys.ts';
import type { Table, WriteItem } from './table.ts';

export interface Outbox {
  /** Unique in the run and the same for a retry. */
  readonly id: string;
  /** When it happened, ISO time. */
  readonly at: string;
  readonly entries?: readonly LedgerEntryDraft[];
  readonly events?: readonly EventDraft[];
}

export interface OutboxRow extends Outbox {
  readonly runId: string;
}

/** Days an outbox item outlives its numbering, for a stream that is redelivered. */
const KEPT_DAYS = 14;

/** The item to put into the transaction of the change it reports. */
export function outboxItem(table: Table, runId: string, outbox: Outbox): WriteItem {
  return {
    Put: {
      TableName: table.name,
      Item: {
        ...outboxKey(runId, outbox.id),
        runId,
        ...outbox,
        expiresAt: Math.floor(Date.parse(outbox.at) / 1000) + KEPT_DAYS * 86_400,
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}
