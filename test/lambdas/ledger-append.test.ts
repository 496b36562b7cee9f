// The ledger function: every outbox item is numbered once, in order, in one chain; events are published at least once.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verifyChain } from '../../core/ledger/verify.ts';
import { append, type LedgerDeps } from '../../lambdas/ledger/append.ts';
import { type EventRow, readEvents } from '../../store/events.ts';
import { readLedger } from '../../store/ledger.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { at, openTables, type Tables } from '../store/tables.ts';
import { openSmallRun, smallPipeline } from './small-run.ts';

let tables: Tables;
let published: EventRow[];
let deps: LedgerDeps;

beforeEach(async () => {
  tables = await openTables();
  published = [];
  deps = {
    table: tables.table,
    ledger: tables.ledger,
    publish: async (events) => {
      published.push(...events);
    },
  };
});
afterEach(() => tables.world.close());

const item = (id: string, entries: number, events: number, runId = 'r1'): OutboxRow => ({
  runId,
  id,
  at: at(1),
  entries: Array.from({ length: entries }, (_, n) => ({
    kind: 'decision' as const,
    who: id,
    tool: { name: 't', version: '1' },
    inputs: [],
    body: { n },
  })),
  events: Array.from({ length: events }, () => ({ type: 'phase.progress' as const, phase: id })),
});

describe('append', () => {
  it('chains entries over items and within them, and numbers events beside them', async () => {
    let heads = await append(deps, item('a', 2, 1), undefined);
    heads = await append(deps, item('b', 0, 2), heads);
    heads = await append(deps, item('c', 1, 0), heads);
    const entries = await readLedger(tables.ledger, 'r1');
    expect(entries.map(({ who, seq }) => `${seq} ${who}`)).toEqual(['1 a', '2 a', '3 c']);
    expect(verifyChain(entries, heads.entries)).toMatchObject({ ok: true, entries: 3 });
    expect((await readEvents(tables.table, 'r1')).map(({ seq, phase }) => `${seq} ${phase}`)).toEqual([
      '1 a',
      '2 b',
      '3 b',
    ]);
    expect(published.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(heads.events).toBe(3);
  });

  it('numbers a redelivered item once, and publishes its events again, since the first time may have failed', async () => {
    await append(deps, item('a', 1, 2), undefined);
    const heads = await append(deps, item('a', 1, 2), undefined);
    expect(await readLedger(tables.ledger, 'r1')).toHaveLength(1);
    expect(published.map(({ seq }) => seq)).toEqual([1, 2, 1, 2]);
    expect(heads.events).toBe(2);
    expect(heads.entries.seq).toBe(1);
  });

  it('lets all entries of a run expire together, and its markers with them', async () => {
    const ledgerExpiresAt = Math.ceil(Date.parse(at(1000)) / 1000);
    await openSmallRun(tables, smallPipeline, { ledgerExpiresAt });
    const heads = await append(deps, item('a', 2, 1), undefined);
    await append(deps, item('b', 1, 0), heads);
    await append(deps, item('c', 1, 0), undefined);
    const { Items } = await tables.world.call('DynamoDB', 'Scan', { TableName: tables.ledger.name });
    const expiries = Items.map((row: { expiresAt: { N: string } }) => Number(row.expiresAt.N));
    expect([...new Set(expiries)]).toEqual([ledgerExpiresAt]);
    expect(Items).toHaveLength(7);
    // What expires is no part of what was hashed.
    expect(verifyChain(await readLedger(tables.ledger, 'r1'))).toMatchObject({ ok: true, entries: 4 });
  });

  it('looks again when another has taken its numbers', async () => {
    const stale = await append(deps, item('a', 1, 1), undefined);
    await append(deps, item('b', 1, 1), undefined);
    await append(deps, item('c', 1, 1), stale);
    const entries = await readLedger(tables.ledger, 'r1');
    expect(entries.map(({ who }) => who)).toEqual(['a', 'b', 'c']);
    expect(verifyChain(entries).ok).toBe(true);
  });

  it('keeps runs apart', async () => {
    await append(deps, item('a', 1, 1, 'r1'), undefined);
    await append(deps, item('a', 1, 1, 'r2'), undefined);
    expect((await readLedger(tables.ledger, 'r2')).map(({ seq }) => seq)).toEqual([1]);
  });

  it('whatever is delivered twice, the ledger is that of one delivery', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 12 }),
        fc.string(),
        async (order, salt) => {
          const runId = `p-${salt.length}-${order.join('')}`;
          for (const n of order) await append(deps, item(`i${n}`, 1, 1, runId), undefined);
          const firsts = [...new Set(order)].map((n) => `i${n}`);
          const entries = await readLedger(tables.ledger, runId);
          expect(entries.map(({ who }) => who)).toEqual(firsts);
          expect(verifyChain(entries).ok).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  });
});
