// The stall sweep: three silent beats and no fewer; waiting in a queue is no stall; what nobody told is told.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sweep } from '../../lambdas/sweep/sweep.ts';
import { CLAIMED, outboxKey } from '../../store/keys.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { markInactive } from '../../store/runs.ts';
import { getRow, queryIndex } from '../../store/table.ts';
import { beat, claimTask, continueLater, type Lease } from '../../store/task-lease.ts';
import { commitTask, failTask } from '../../store/task-outcome.ts';
import { getTask, planTask, type TaskRow } from '../../store/task-row.ts';
import { at, openTables, START, type Tables } from '../store/tables.ts';
import { plannedTask } from '../store/tasks.ts';
import { quietLog, type RecordedTokens, recordTokens } from './recorders.ts';
import { openSmallRun } from './small-run.ts';

let tables: Tables;
let tokens: RecordedTokens;
let stopped: number;
let started: number;
let whileStopping: () => Promise<void>;
const task = plannedTask();

beforeEach(async () => {
  tables = await openTables();
  tokens = recordTokens();
  stopped = 0;
  started = 0;
  whileStopping = async () => {};
  await openSmallRun(tables);
  await planTask(tables.table, task, START);
});
afterEach(() => tables.world.close());

const seen = async (): Promise<TaskRow> => (await getTask(tables.table, task)) as TaskRow;
const claim = async (seconds: number): Promise<Lease> => {
  const row = await seen();
  const claimed = await claimTask(tables.table, row, {
    token: 't',
    try: 1,
    owner: 'w',
    at: at(seconds),
    takeOver: false,
  });
  return { name: task, epoch: claimed?.epoch ?? 0 };
};
const sweepAt = (seconds: number, everyone = false) =>
  sweep(
    {
      table: tables.table,
      tokens,
      now: () => at(seconds),
      schedule: {
        async start() {
          started += 1;
        },
        async stop() {
          stopped += 1;
          await whileStopping();
        },
      },
    },
    everyone,
    quietLog,
  );

describe('sweep', () => {
  it('leaves a claim alone until it has been silent for three beats [safety: visibility]', async () => {
    const lease = await claim(0);
    await beat(tables.table, lease, at(60), null);
    expect((await sweepAt(239)).superseded).toBe(0);
    expect((await sweepAt(240)).superseded).toBe(1);
    expect((await seen()).status).toBe('superseded');
    expect(tokens.said).toEqual(['fail t IdeaMine.Stalled']);
    const row = await getRow<OutboxRow>(tables.table, outboxKey('r1', 'stalled.intake#01#001#001#constraints.1'));
    expect(row?.events).toMatchObject([{ type: 'phase.stalled', detail: { silentSeconds: 180 } }]);
  });

  it('supersedes once, however often it comes', async () => {
    await claim(0);
    await sweepAt(300);
    expect(await sweepAt(360)).toMatchObject({ superseded: 0, told: 0 });
    expect(tokens.said).toHaveLength(1);
  });

  it('gives a phase that is silent for long its own patience', async () => {
    const patient = plannedTask({ task: 'sast', staleMs: 300_000 });
    await planTask(tables.table, patient, START);
    const row = (await getTask(tables.table, patient)) as TaskRow;
    await claimTask(tables.table, row, { token: 'p', try: 1, owner: 'w', at: at(0), takeOver: false });
    expect((await sweepAt(299)).superseded).toBe(0);
    expect((await sweepAt(300)).superseded).toBe(1);
  });

  it('takes neither planned work nor a continuation that waits for its turn [safety: waiting-is-no-stall]', async () => {
    expect((await sweepAt(100_000)).superseded).toBe(0);
    const lease = await claim(0);
    await continueLater(tables.table, lease);
    expect((await sweepAt(100_000)).superseded).toBe(0);
    expect(tokens.said).toEqual([]);
    // However many wait, the sweep does not even look at them.
    expect(await queryIndex(tables.table, CLAIMED, '9999')).toEqual([]);
  });

  it('tells of a commit and of a failure whose worker died before it could', async () => {
    const result = { sha256: 'b'.repeat(64), bytes: 2 };
    await commitTask(tables.table, await claim(0), { at: at(1), result, done: null }, { id: 'c', at: at(1) });
    expect((await sweepAt(300)).told).toBe(1);
    expect(tokens.said).toEqual(['succeed t']);
    expect((await sweepAt(360)).told).toBe(0);

    const other = plannedTask({ task: 'other' });
    await planTask(tables.table, other, START);
    const row = (await getTask(tables.table, other)) as TaskRow;
    const claimed = await claimTask(tables.table, row, { token: 'o', try: 1, owner: 'w', at: at(0), takeOver: false });
    const failure = { try: 1, code: 'IdeaMine.Schema', cause: '', at: at(1) };
    await failTask(tables.table, { name: other, epoch: claimed?.epoch ?? 0 }, failure);
    await sweepAt(300);
    expect(tokens.said).toEqual(['succeed t', 'fail o IdeaMine.Schema']);
  });

  it('takes every claim at once when all workers are known to be dead', async () => {
    await claim(0);
    expect((await sweepAt(1, true)).superseded).toBe(1);
    expect(tokens.said).toEqual(['fail t IdeaMine.WorkerLost']);
  });

  it('stops itself when no run is open, and not before', async () => {
    await sweepAt(1);
    expect(stopped).toBe(0);
    await markInactive(tables.table, 'r1');
    await sweepAt(2);
    expect(stopped).toBe(1);
    expect(started).toBe(0);
  });

  it('does not stop while a try that ended is still to be told', async () => {
    const result = { sha256: 'b'.repeat(64), bytes: 2 };
    await commitTask(tables.table, await claim(0), { at: at(1), result, done: null }, { id: 'c', at: at(1) });
    await markInactive(tables.table, 'r1');
    await sweepAt(60);
    expect(stopped).toBe(0);
    await sweepAt(300);
    expect(stopped).toBe(1);
    expect(tokens.said).toEqual(['succeed t']);
  });

  it('goes on when a run is opened while it stops itself', async () => {
    await markInactive(tables.table, 'r1');
    whileStopping = async () => {
      await openSmallRun(tables, undefined, { runId: 'r2' });
    };
    await sweepAt(2);
    expect(started).toBe(1);
  });
});
