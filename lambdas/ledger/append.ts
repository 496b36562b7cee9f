// Numbers what the outbox holds: entries get their place in the run's chain, events their number, once for each item.
// Items of a run come in the order they were written; redelivered ones are found by their marker and published again,
// since nobody knows whether the first publishing got through.

import { Transient } from '../../core/errors.ts';
import { chain, type Head, headOf, type LedgerEntry } from '../../core/ledger/entry.ts';
import { numberEvents } from '../../core/ledger/event.ts';
import { EVENTS_KEPT_DAYS, type EventRow, lastEventSeq, readEvents } from '../../store/events.ts';
import { appendLedger, getMarker, lastEntry } from '../../store/ledger.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { getRun } from '../../store/runs.ts';
import type { Table } from '../../store/table.ts';
import type { Publish } from '../clients/eventbridge.ts';

export interface LedgerDeps {
  readonly table: Table;
  readonly ledger: Table;
  readonly publish: Publish;
  /** Told of each item that was numbered for the first time. */
  readonly onAppended?: (row: OutboxRow) => void;
}

/** Where the numbers of a run stand, kept from one item of a batch to the next. */
export interface Heads {
  readonly entries: Head;
  readonly events: number;
  /** When the run's whole ledger expires, epoch seconds; undefined when it never does. */
  readonly expiresAt?: number;
}

const AGAIN = 5;

/** @returns the heads after the item. @throws Transient when others keep taking the numbers. */
export async function append(deps: LedgerDeps, row: OutboxRow, known: Heads | undefined): Promise<Heads> {
  let heads = known ?? (await readHeads(deps, row.runId));
  for (let turn = 0; turn < AGAIN; turn += 1) {
    const entries = chainAll(heads.entries, row);
    const events = eventRows(heads.events, row);
    const done = await appendLedger(deps.ledger, deps.table, row.runId, {
      outboxId: row.id,
      entries,
      events,
      eventsBefore: heads.events,
      expiresAt: heads.expiresAt,
    });
    if (done === 'appended') {
      deps.onAppended?.(row);
      await deps.publish(events);
      return { ...heads, entries: headAfter(heads.entries, entries), events: heads.events + events.length };
    }
    heads = await readHeads(deps, row.runId);
    if (done === 'known') {
      await publishAgain(deps, row);
      return heads;
    }
  }
  throw new Transient(`the numbers of run ${row.runId} are being taken by another`);
}

async function readHeads({ ledger, table }: LedgerDeps, runId: string): Promise<Heads> {
  const run = await getRun(table, runId);
  return {
    entries: headOf(await lastEntry(ledger, runId)),
    events: await lastEventSeq(table, runId),
    expiresAt: run?.ledgerExpiresAt,
  };
}

function chainAll(head: Head, row: OutboxRow): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (const draft of row.entries ?? []) {
    const last = entries.at(-1);
    entries.push(chain(last === undefined ? head : headOf(last), row.runId, row.at, draft));
  }
  return entries;
}

function eventRows(last: number, row: OutboxRow): EventRow[] {
  const expiresAt = Math.floor(Date.parse(row.at) / 1000) + EVENTS_KEPT_DAYS * 86_400;
  return numberEvents(last, row.runId, row.at, row.events ?? []).map((event) => ({ ...event, expiresAt }));
}

async function publishAgain({ table, ledger, publish }: LedgerDeps, row: OutboxRow): Promise<void> {
  const marker = await getMarker(ledger, row.runId, row.id);
  if (marker === undefined || marker.events.to < marker.events.from) return;
  await publish(await readEvents(table, row.runId, marker.events.from, marker.events.to));
}

function headAfter(head: Head, entries: readonly LedgerEntry[]): Head {
  const last = entries.at(-1);
  return last === undefined ? head : headOf(last);
}
