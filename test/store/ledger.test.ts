// The ledger table: an outbox item is numbered once, numbers are never given twice, and what is written stays.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chain, emptyHead, type Head, headOf } from '../../core/ledger/entry.ts';
import { verifyChain } from '../../core/ledger/verify.ts';
import { type EventRow, lastEventSeq, readEvents } from '../../store/events.ts';
import { appendLedger, getMarker, lastEntry, readLedger } from '../../store/ledger.ts';
import { at, openTables, type Tables } from './tables.ts';

let tables: Tables;
beforeEach(async () => {
  tables = await openTables();
});
afterEach(() => tables.world.close());

const draft = { kind: 'decision', who: 'test', tool: { name: 't', version: '1' }, inputs: [], body: {} } as const;
const entry = (head: Head) => chain(head, 'r1', at(1), draft);
const event = (seq: number): EventRow => ({
  runId: 'r1',
  seq,
  type: 'run.started',
  at: at(1),
  detail: {},
  expiresAt: 1,
});
const append = (outboxId: string, head: Head, eventsBefore: number) =>
  appendLedger(tables.ledger, tables.table, 'r1', {
    outboxId,
    entries: [entry(head)],
    events: [event(eventsBefore + 1)],
    eventsBefore,
  });

describe('appendLedger', () => {
  it('puts entries, events and marker together', async () => {
    expect(await append('a', emptyHead, 0)).toBe('appended');
    expect(await getMarker(tables.ledger, 'r1', 'a')).toMatchObject({ events: { from: 1, to: 1 } });
    expect(await lastEventSeq(tables.table, 'r1')).toBe(1);
    expect(await lastEntry(tables.ledger, 'r1')).toEqual(entry(emptyHead));
  });

  it('numbers an item once', async () => {
    await append('a', emptyHead, 0);
    expect(await append('a', headOf(await lastEntry(tables.ledger, 'r1')), 1)).toBe('known');
    expect(await readLedger(tables.ledger, 'r1')).toHaveLength(1);
    expect(await readEvents(tables.table, 'r1')).toHaveLength(1);
  });

  it('gives no number twice: the second of two on one head is told to look again', async () => {
    await append('a', emptyHead, 0);
    expect(await append('b', emptyHead, 1)).toBe('moved');
    expect(await append('b', headOf(await lastEntry(tables.ledger, 'r1')), 0)).toBe('moved');
    expect(await append('b', headOf(await lastEntry(tables.ledger, 'r1')), 1)).toBe('appended');
    const entries = await readLedger(tables.ledger, 'r1');
    expect(entries.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(verifyChain(entries).ok).toBe(true);
  });

  it('keeps the order of numbers beyond nine, and gives the newest first when asked', async () => {
    for (let n = 0; n < 12; n += 1) await append(`o${n}`, headOf(await lastEntry(tables.ledger, 'r1')), n);
    expect((await readLedger(tables.ledger, 'r1')).map(({ seq }) => seq)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    ]);
    expect((await readLedger(tables.ledger, 'r1', { limit: 2, newestFirst: true })).map(({ seq }) => seq)).toEqual([
      12, 11,
    ]);
    expect((await readEvents(tables.table, 'r1', 9, 11)).map(({ seq }) => seq)).toEqual([9, 10, 11]);
  });
});
