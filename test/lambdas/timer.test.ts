// Timers: firing twice, late, or after the run has ended is harmless; the clock stands still while a person is waited for.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TimerMessage } from '../../lambdas/messages.ts';
import { isClockStopped } from '../../lambdas/run-clock.ts';
import { timerSchedule } from '../../lambdas/schedule-names.ts';
import { fire, type TimerDeps } from '../../lambdas/timer/fire.ts';
import { outboxKey } from '../../store/keys.ts';
import { awaitDecision, beginPhase, endPhase, type PhaseRow } from '../../store/phases.ts';
import { endRun, getRun, stopClock } from '../../store/runs.ts';
import { getRow } from '../../store/table.ts';
import { armTimer, cancelTimer, fireTimer, listTimers, type TimerRow } from '../../store/timers.ts';
import { attemptRow } from '../store/rows.ts';
import { at, openTables, START, type Tables } from '../store/tables.ts';
import { quietLog, recordExecutions, recordSchedules } from './recorders.ts';
import { EXECUTION, openSmallRun } from './small-run.ts';

let tables: Tables;
let deps: TimerDeps & {
  executions: ReturnType<typeof recordExecutions>;
  schedules: ReturnType<typeof recordSchedules>;
};

const deadlineAt = '2026-01-02T00:00:00.000Z';
const timer: TimerRow = {
  runId: 'r1',
  name: 'run-deadline',
  kind: 'run-deadline',
  at: deadlineAt,
  status: 'armed',
  schedule: 'r1-run-deadline',
};
const message: TimerMessage = { kind: 'run-deadline', runId: 'r1', name: 'run-deadline', at: deadlineAt };

beforeEach(async () => {
  tables = await openTables();
  await openSmallRun(tables);
  await armTimer(tables.table, timer);
  deps = {
    table: tables.table,
    executions: recordExecutions(),
    schedules: recordSchedules(),
    timerFunction: 'arn:timer',
    now: () => deadlineAt,
  };
});
afterEach(() => tables.world.close());

const status = async () => (await listTimers(tables.table, 'r1')).map((row) => row.status);

describe('the deadline of a run', () => {
  it('stops its execution, by name', async () => {
    await fire(deps, message, quietLog);
    expect(deps.executions.stopped).toEqual([`${EXECUTION} IdeaMine.Deadline`]);
    expect(await status()).toEqual(['fired']);
    expect(await getRow(tables.table, outboxKey('r1', 'deadline.1'))).toMatchObject({
      events: [{ type: 'run.stopping' }],
    });
  });

  it('may fire twice: stopping twice is stopping once', async () => {
    await fire(deps, message, quietLog);
    await fire(deps, message, quietLog);
    expect(new Set(deps.executions.stopped).size).toBe(1);
  });

  it('does nothing to a run that has ended', async () => {
    const dossier = { json: '', html: '', sha256: '' };
    const end = { executionArn: EXECUTION, status: 'SUCCEEDED' as const, at: at(1), cause: '', dossier };
    await endRun(tables.table, 'r1', end, { id: 'e', at: at(1) });
    await fire(deps, message, quietLog);
    expect(deps.executions.stopped).toEqual([]);
  });

  it('of an earlier opening does nothing to a run that was resumed with a later one', async () => {
    await armTimer(tables.table, { ...timer, at: '2026-01-05T00:00:00.000Z' });
    await fire(deps, { ...message, at: '2026-01-01T12:00:00.000Z' }, quietLog);
    expect(deps.executions.stopped).toEqual([]);
    expect(await status()).toEqual(['armed']);
  });

  it('waits while a person is waited for', async () => {
    const row: PhaseRow = { runId: 'r1', phase: 'intake', status: 'running', attempt: 1, startedAt: START };
    await beginPhase(tables.table, row, attemptRow({ phase: 'intake' }), { id: 'b', at: START });
    await awaitDecision(tables.table, row, 'token', at(1), { id: 'e', at: at(1) });
    await stopClock(tables.table, 'r1', at(1));
    await fire(deps, message, quietLog);
    expect(deps.executions.stopped).toEqual([]);
    expect([...deps.schedules.kept]).toEqual([]);
  });

  it('moves by exactly the time that was waited, once, however many waited side by side', async () => {
    const rows = ['intake', 'critique'].map(
      (phase): PhaseRow => ({ runId: 'r1', phase, status: 'running', attempt: 1, startedAt: START }),
    );
    for (const row of rows) {
      await beginPhase(tables.table, row, attemptRow({ phase: row.phase }), { id: `b.${row.phase}`, at: START });
    }
    const [first, second] = rows as [PhaseRow, PhaseRow];
    const asks = async (row: PhaseRow, seconds: number) => {
      await awaitDecision(tables.table, row, 'token', at(seconds), { id: `e.${row.phase}`, at: at(seconds) });
      await stopClock(tables.table, 'r1', at(seconds));
    };
    const answers = async (row: PhaseRow, seconds: number) => {
      const end = { verdict: 'approved' as const, score: null, reason: '', at: at(seconds) };
      await endPhase(tables.table, { ...row, status: 'waiting' }, end, { id: `a.${row.phase}`, at: at(seconds) });
      return isClockStopped({ ...deps, now: () => at(seconds) }, 'r1');
    };
    await asks(first, 100);
    await asks(second, 150);
    expect(await answers(first, 400)).toBe(true);
    await fire(deps, message, quietLog);
    expect(deps.executions.stopped).toEqual([]);
    expect(await answers(second, 1000)).toBe(false);
    const later = '2026-01-02T00:15:00.000Z';
    expect(await getRun(tables.table, 'r1')).toMatchObject({ deadlineAt: later });
    expect([...deps.schedules.kept]).toEqual([['r1-run-deadline', later]]);
    expect(await isClockStopped(deps, 'r1')).toBe(false);
    expect(await getRun(tables.table, 'r1')).toMatchObject({ deadlineAt: later });
    await fire(deps, message, quietLog);
    expect(deps.executions.stopped).toEqual([]);
    await fire(deps, { ...message, at: later }, quietLog);
    expect(deps.executions.stopped).toEqual([`${EXECUTION} IdeaMine.Deadline`]);
  });
});

describe('a reminder', () => {
  it('is put on the ledger once', async () => {
    const name = 'approval-reminder-intake';
    await armTimer(tables.table, { ...timer, name, kind: 'approval-reminder', at: at(5), phase: 'intake', attempt: 1 });
    const remind: TimerMessage = { kind: 'approval-reminder', runId: 'r1', name, at: at(5) };
    await fire(deps, remind, quietLog);
    await fire(deps, remind, quietLog);
    expect(await getRow(tables.table, outboxKey('r1', `reminded.${name}.${at(5)}`))).toMatchObject({
      entries: [{ kind: 'decision', body: { decided: 'reminded', phase: 'intake' } }],
    });
  });
});

describe('a timer row', () => {
  it('is fired or cancelled once, and not before its time [safety: scheduler]', async () => {
    expect(await fireTimer(tables.table, 'r1', 'run-deadline', '2026-01-01T23:59:59.000Z')).toBeUndefined();
    expect(await fireTimer(tables.table, 'r1', 'run-deadline', deadlineAt)).toMatchObject({ status: 'fired' });
    expect(await fireTimer(tables.table, 'r1', 'run-deadline', deadlineAt)).toBeUndefined();
    expect(await cancelTimer(tables.table, timer)).toBeUndefined();
  });
});

describe('timerSchedule', () => {
  it('is a lawful name, the same each time, another for another timer', () => {
    const long = 'r'.repeat(80);
    expect(timerSchedule('r1', 'run-deadline')).toBe('r1-run-deadline');
    for (const name of ['run-deadline', 'approval-reminder-story-loop']) {
      expect(timerSchedule(long, name)).toMatch(/^[0-9a-zA-Z-_.]{1,64}$/);
      expect(timerSchedule(long, name)).toBe(timerSchedule(long, name));
    }
    expect(timerSchedule(long, 'a')).not.toBe(timerSchedule(`${long.slice(1)}s`, 'a'));
  });
});
