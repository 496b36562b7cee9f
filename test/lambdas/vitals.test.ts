// The figures the sweep gives to the alarms: silence of workers, silence of runs, tokens that are out.

import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { append } from '../../lambdas/ledger/append.ts';
import { vitalsOf } from '../../lambdas/sweep/vitals.ts';
import { awaitDecision, beginPhase, getPhase, type PhaseRow } from '../../store/phases.ts';
import { markInactive } from '../../store/runs.ts';
import { claimTask } from '../../store/task-lease.ts';
import { getTask, planTask, type TaskRow } from '../../store/task-row.ts';
import { at, openTables, START, type Tables } from '../store/tables.ts';
import { plannedTask } from '../store/tasks.ts';
import { openSmallRun } from './small-run.ts';

let tables: Tables;
const NOBODY = { heartbeatAge: 0, progressAge: 0, openTokens: 0 };

beforeEach(async () => {
  tables = await openTables();
  await openSmallRun(tables);
});
afterEach(() => tables.world.close());

const vitals = (seconds: number) => vitalsOf(tables.table, at(seconds));
const happens = (seconds: number) => append({ ...tables, publish: async () => {} }, event(seconds), undefined);
const event = (seconds: number) => ({
  runId: 'r1',
  id: `event ${seconds}`,
  at: at(seconds),
  events: [{ type: 'phase.progress' as const, phase: 'intake' }],
});

async function claim(task: string, seconds: number): Promise<void> {
  const row = plannedTask({ task });
  await planTask(tables.table, row, START);
  const by = { token: task, try: 1, owner: 'w', at: at(seconds), takeOver: false };
  await claimTask(tables.table, (await getTask(tables.table, row)) as TaskRow, by);
}

async function waitForAPerson(): Promise<void> {
  const phase: PhaseRow = { runId: 'r1', phase: 'intake', status: 'running', attempt: 1, startedAt: START };
  const attempt = { runId: 'r1', phase: 'intake', attempt: 1 } as Parameters<typeof beginPhase>[2];
  await beginPhase(tables.table, phase, attempt, { id: 'begun', at: START });
  const seen = (await getPhase(tables.table, 'r1', 'intake')) as PhaseRow;
  await awaitDecision(tables.table, seen, 'a token', START, { id: 'asked', at: START });
}

it('are nothing where nothing has happened yet', async () => {
  expect(await vitals(100)).toEqual(NOBODY);
});

it('say how long the worker heard of longest ago has been silent, and how many hold a token', async () => {
  await claim('constraints', 10);
  await claim('title', 40);
  expect(await vitals(100)).toMatchObject({ heartbeatAge: 90, openTokens: 2 });
});

it('say how long the quietest open run has been quiet', async () => {
  await happens(10);
  await openSmallRun(tables, undefined, { runId: 'r2' });
  expect((await vitals(3700)).progressAge).toBe(3690);
  await happens(3600);
  expect((await vitals(3700)).progressAge).toBe(100);
  await markInactive(tables.table, 'r1');
  expect(await vitals(3700)).toEqual(NOBODY);
});

it('count a person who is waited for as an open token, and not as a run that stands still', async () => {
  await happens(10);
  await waitForAPerson();
  expect(await vitals(3700)).toEqual({ heartbeatAge: 0, progressAge: 0, openTokens: 1 });
});
