// Attempt rows: a round is counted once and in order, a gate speaks once.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { getAttempt, listAttempts, recordGate, recordRound } from '../../store/attempts.ts';
import { attemptRow, putAttempt } from './rows.ts';
import { at, openTables, type Tables } from './tables.ts';

let tables: Tables;
const attempt = attemptRow();

beforeEach(async () => {
  tables = await openTables();
  await putAttempt(tables.table);
});
afterEach(() => tables.world.close());

const round = (number: number, id: string) =>
  recordRound(tables.table, attempt, { round: number, last: { sha256: String(number), bytes: 1 }, refused: [] }, [], {
    id,
    at: at(number),
  });
const gate = (verdict: 'passed' | 'failed', id: string) => {
  const report = { key: 'k', sha256: 's' };
  const said = { verdict, score: 1, report, issues: [], reasons: [], refused: [], remedies: [], at: at(9) };
  return recordGate(tables.table, attempt, said, { id, at: at(9) });
};
const seen = () => getAttempt(tables.table, 'r1', 'prd', 1);

describe('an attempt', () => {
  it('counts a round once, and never goes back', async () => {
    expect(await round(1, 'a')).toBe(true);
    expect(await round(1, 'b')).toBe(false);
    expect(await round(2, 'c')).toBe(true);
    expect(await round(1, 'd')).toBe(false);
    expect(await seen()).toMatchObject({ rounds: 2, last: { sha256: '2' } });
  });

  it('hears its gate once, and counts no round after it', async () => {
    expect(await gate('failed', 'a')).toBe(true);
    expect(await gate('passed', 'b')).toBe(false);
    expect(await round(1, 'c')).toBe(false);
    expect(await seen()).toMatchObject({ status: 'gated', verdict: 'failed' });
  });

  it('is left as it is when it has begun', async () => {
    expect(await putAttempt(tables.table, { strict: true })).toBe(false);
    expect((await seen())?.strict).toBe(false);
  });

  it('is listed in order with those of its phase', async () => {
    for (const n of [10, 2]) await putAttempt(tables.table, { attempt: n });
    await putAttempt(tables.table, { phase: 'prd-more' });
    expect((await listAttempts(tables.table, 'r1', 'prd')).map((row) => row.attempt)).toEqual([1, 2, 10]);
    expect(await listAttempts(tables.table, 'r1')).toHaveLength(4);
  });
});
