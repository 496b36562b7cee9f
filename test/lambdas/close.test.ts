// Closing a run: once for each execution, however it ended; a partial dossier names the reason; timers are cancelled.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CloseDeps, close } from '../../lambdas/close/close.ts';
import { endingOf } from '../../lambdas/close/ending.ts';
import { append } from '../../lambdas/ledger/append.ts';
import { cachedPipelines } from '../../lambdas/pinned.ts';
import { outboxKey, partition } from '../../store/keys.ts';
import { getText } from '../../store/objects.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { beginPhase, endPhase, type PhaseEnd, type PhaseRow } from '../../store/phases.ts';
import { activeRunIds, getRun, reopenRun } from '../../store/runs.ts';
import { getRow, queryRows } from '../../store/table.ts';
import { armTimer, listTimers } from '../../store/timers.ts';
import { attemptRow } from '../store/rows.ts';
import { at, openTables, START, type Tables } from '../store/tables.ts';
import { quietLog, recordSchedules } from './recorders.ts';
import { EXECUTION, openSmallRun } from './small-run.ts';

let tables: Tables;
let deps: CloseDeps & { schedules: ReturnType<typeof recordSchedules> };
let pauses: number;

beforeEach(async () => {
  tables = await openTables();
  pauses = 0;
  await openSmallRun(tables);
  deps = {
    table: tables.table,
    ledger: tables.ledger,
    bucket: tables.bucket,
    sign: null,
    pipelines: cachedPipelines(tables.bucket),
    schedules: recordSchedules(),
    pause: async () => {
      pauses += 1;
      if (pauses === 2) await numberAll();
    },
    now: () => at(100),
  };
});
afterEach(() => tables.world.close());

/** What the ledger function does with the stream. */
async function numberAll(): Promise<void> {
  for (const row of await queryRows<OutboxRow>(tables.table, partition('r1'), 'OUT#')) {
    await append({ table: tables.table, ledger: tables.ledger, publish: async () => {} }, row, undefined);
  }
}

async function phaseEnds(end: Partial<PhaseEnd>): Promise<void> {
  const row: PhaseRow = { runId: 'r1', phase: 'intake', status: 'running', attempt: 1, startedAt: START };
  await beginPhase(tables.table, row, attemptRow({ phase: 'intake' }), { id: 'b', at: START });
  const whole = { verdict: 'passed' as const, score: 0.9, reason: 'the gate passed', at: at(50), ...end };
  await endPhase(tables.table, row, whole, { id: 'phase.ended.intake.1', at: at(50) });
}

const finished = { runId: 'r1', executionArn: EXECUTION };

describe('close', () => {
  it('releases a run whose phases were handed on', async () => {
    await phaseEnds({});
    const state = await close(deps, finished, quietLog);
    expect(state).toEqual({
      runId: 'r1',
      status: 'SUCCEEDED',
      cause: 'every phase passed its gate',
      dossier: { json: 'runs/r1/dossier/dossier.json', html: 'runs/r1/dossier/dossier.html' },
    });
    expect(await getRun(tables.table, 'r1')).toMatchObject({ status: 'SUCCEEDED', endedAt: at(100) });
    expect(await activeRunIds(tables.table)).toEqual([]);
    const dossier = JSON.parse((await getText(tables.bucket, 'runs/r1/dossier/dossier.json')) ?? '{}');
    expect(dossier.canonical.standing).toBe('released');
    expect(await getText(tables.bucket, 'runs/r1/dossier/dossier.html')).toContain('<html');
    expect(await getRow(tables.table, outboxKey('r1', 'run.closed.1'))).toMatchObject({
      entries: [{ kind: 'decision', body: { decided: 'closed', status: 'SUCCEEDED' } }],
      events: [{ type: 'run.completed' }],
    });
  });

  it('waits for the ledger to hold the ends of the phases', async () => {
    await phaseEnds({});
    await close(deps, finished, quietLog);
    expect(pauses).toBe(2);
  });

  it('makes a dossier all the same when the ledger lags for too long', async () => {
    await phaseEnds({});
    expect(await close({ ...deps, pause: async () => {} }, finished, quietLog)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('is done once: called again it answers what is on record', async () => {
    await phaseEnds({});
    const first = await close(deps, finished, quietLog);
    const stopped = { ...finished, stoppedBy: 'the execution was stopped' };
    expect(await close({ ...deps, now: () => at(999) }, stopped, quietLog)).toEqual(first);
    expect((await getRun(tables.table, 'r1'))?.endedAt).toBe(at(100));
  });

  it('finishes what a close that was cut short left', async () => {
    await phaseEnds({});
    await close(deps, finished, quietLog);
    const timer = { runId: 'r1', name: 'run-deadline', kind: 'run-deadline', at: at(500), schedule: 's' };
    await armTimer(tables.table, { ...timer, status: 'armed' });
    deps.schedules.kept.set('s', 'x');
    await close(deps, finished, quietLog);
    expect(deps.schedules.kept.size).toBe(0);
    expect((await listTimers(tables.table, 'r1')).map(({ status }) => status)).toEqual(['cancelled']);
  });

  it('fails a run naming the phase and its reason', async () => {
    await phaseEnds({ verdict: 'failed', reason: 'the gate failed: too vague', score: 0.2 });
    const state = await close(deps, finished, quietLog);
    expect(state).toMatchObject({ status: 'FAILED', cause: 'intake failed: the gate failed: too vague' });
    const dossier = JSON.parse((await getText(tables.bucket, 'runs/r1/dossier/dossier.json')) ?? '{}');
    expect(dossier.canonical.standing).toBe('partial');
    expect(dossier.measured.cause).toContain('too vague');
  });

  it('makes a partial dossier of a run that was stopped before anything was made', async () => {
    const stopped = { ...finished, stoppedBy: 'the execution was stopped: IdeaMine.Deadline' };
    expect(await close(deps, stopped, quietLog)).toMatchObject({
      status: 'FAILED',
      cause: 'the execution was stopped: IdeaMine.Deadline; not reached: intake',
    });
  });

  it('leaves alone a run that never opened, and one that another execution carries', async () => {
    expect(await close(deps, { ...finished, runId: 'none' }, quietLog)).toBeUndefined();
    await close(deps, finished, quietLog);
    await reopenRun(tables.table, 'r1', { executionArn: 'arn:second', deadlineAt: at(900) }, { id: 're', at: at(101) });
    expect(await close(deps, finished, quietLog)).toBeUndefined();
    expect((await getRun(tables.table, 'r1'))?.status).toBe('RUNNING');
    expect(await close(deps, { ...finished, executionArn: 'arn:second' }, quietLog)).toMatchObject({
      status: 'FAILED',
    });
    expect(await getRow(tables.table, outboxKey('r1', 'run.closed.2'))).toBeDefined();
  });
});

describe('endingOf', () => {
  const change = (detail: object) =>
    endingOf({
      'detail-type': 'Step Functions Execution Status Change',
      detail: { executionArn: 'arn:e', name: 'run-1', status: 'ABORTED', ...detail },
    });

  it('takes the run from the execution, by its name or by what it resumes', () => {
    expect(change({ input: '{"idea":"x"}' })).toMatchObject({ runId: 'run-1', executionArn: 'arn:e' });
    expect(change({ input: '{"resume":"run-0"}' })).toMatchObject({ runId: 'run-0' });
    expect(change({ input: null }).stoppedBy).toBe('the execution was stopped');
  });

  it('says why, without secrets', () => {
    const { stoppedBy } = change({ status: 'FAILED', error: 'States.Runtime', cause: 'password=hunter22' });
    expect(stoppedBy).toMatch(/^the execution was broken off: States.Runtime: /);
    expect(stoppedBy).not.toContain('hunter22');
  });
});
