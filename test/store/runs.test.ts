// Run rows: created once, ended once by the execution that carries them, reopened only when they have failed.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listAttempts } from '../../store/attempts.ts';
import { outboxKey } from '../../store/keys.ts';
import { advancePhase, beginPhase, endPhase, getPhase, type PhaseRow } from '../../store/phases.ts';
import {
  activeRunIds,
  createRun,
  endRun,
  getRun,
  listRuns,
  markInactive,
  type RunRow,
  reopenRun,
} from '../../store/runs.ts';
import { getRow } from '../../store/table.ts';
import { attemptRow } from './rows.ts';
import { at, openTables, type Tables } from './tables.ts';

let tables: Tables;
beforeEach(async () => {
  tables = await openTables();
});
afterEach(() => tables.world.close());

const run = (change: Partial<RunRow> = {}): RunRow => ({
  runId: 'r1',
  name: 'shed',
  status: 'RUNNING',
  executionArn: 'arn:1',
  startedAt: at(0),
  openings: 1,
  pipeline: { name: 'p', version: '1.0.0', hash: 'h', structureHash: 's' },
  gates: 'enforce',
  budgetUsdMicros: 1,
  shares: {},
  idea: { sha256: 'i', bytes: 1 },
  deadlineAt: at(900),
  ...change,
});
const create = (change: Partial<RunRow> = {}, id = 'opened') => createRun(tables.table, run(change), { id, at: at(0) });
const end = (status: 'SUCCEEDED' | 'FAILED', executionArn = 'arn:1', id = 'closed') => {
  const dossier = { json: 'j', html: 'h', sha256: 'd' };
  return endRun(tables.table, 'r1', { executionArn, status, at: at(9), cause: 'c', dossier }, { id, at: at(9) });
};
const reopen = (executionArn: string, id = 'resumed') =>
  reopenRun(tables.table, 'r1', { executionArn, deadlineAt: at(999) }, { id, at: at(10) });

describe('a run', () => {
  it('is created once', async () => {
    expect(await create()).toBe(true);
    expect(await create({ name: 'other' }, 'again')).toBe(false);
    expect((await getRun(tables.table, 'r1'))?.name).toBe('shed');
  });

  it('is ended once, by the execution that carries it', async () => {
    await create();
    expect(await end('FAILED', 'arn:2')).toBe(false);
    expect(await end('SUCCEEDED')).toBe(true);
    expect(await end('FAILED', 'arn:1', 'again')).toBe(false);
    expect((await getRun(tables.table, 'r1'))?.status).toBe('SUCCEEDED');
    expect(await getRow(tables.table, outboxKey('r1', 'again'))).toBeUndefined();
  });

  it('is reopened when it has failed, not while it runs, not after it succeeded, not by its own execution', async () => {
    await create();
    expect(await reopen('arn:2')).toBe(false);
    await end('FAILED');
    expect(await reopen('arn:1')).toBe(false);
    expect(await reopen('arn:2')).toBe(true);
    expect(await reopen('arn:3', 'again')).toBe(false);
    await end('SUCCEEDED', 'arn:2', 'closed-2');
    expect(await reopen('arn:3', 'again')).toBe(false);
  });

  it('is open until it is marked inactive', async () => {
    await create();
    expect(await activeRunIds(tables.table)).toEqual(['r1']);
    await markInactive(tables.table, 'r1');
    await markInactive(tables.table, 'r1');
    expect(await activeRunIds(tables.table)).toEqual([]);
  });

  it('is listed newest first', async () => {
    for (const n of [2, 1, 3]) await create({ runId: `r${n}`, startedAt: at(n) }, `o${n}`);
    expect((await listRuns(tables.table, 2)).map(({ runId }) => runId)).toEqual(['r3', 'r2']);
  });
});

describe('a phase', () => {
  const row: PhaseRow = { runId: 'r1', phase: 'prd', status: 'running', attempt: 1, startedAt: at(0) };
  const handOn = { verdict: 'passed' as const, score: 1, reason: '', at: at(5) };

  it('is advanced from where it was seen, never after it was handed on', async () => {
    const begin = (id: string) => beginPhase(tables.table, row, attemptRow(), { id, at: at(0) });
    const advance = (seen: PhaseRow, attempt: number, id: string) =>
      advancePhase(tables.table, seen, attemptRow({ attempt }), { id, at: at(1) });
    expect(await begin('b')).toBe(true);
    expect(await begin('b2')).toBe(false);
    expect(await advance(row, 2, 'a2')).toBe(true);
    expect(await advance(row, 2, 'a2x')).toBe(false);
    expect(await advance(row, 3, 'a3x')).toBe(false);
    const second = { ...row, attempt: 2 };
    expect(await endPhase(tables.table, row, handOn, { id: 'e1', at: at(5) })).toBe(false);
    expect(await endPhase(tables.table, second, handOn, { id: 'e2', at: at(5) })).toBe(true);
    expect(await endPhase(tables.table, second, { ...handOn, verdict: 'failed' }, { id: 'e3', at: at(6) })).toBe(false);
    const done = (await getPhase(tables.table, 'r1', 'prd')) as PhaseRow;
    expect(await advance(done, 3, 'a3')).toBe(false);
    expect((await listAttempts(tables.table, 'r1')).map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(await getPhase(tables.table, 'r1', 'prd')).toMatchObject({ status: 'handed-on', attempt: 2 });
  });
});
