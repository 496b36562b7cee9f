// Every question has an answer, and what it costs in read units does not grow with what it does not ask for.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { QUESTIONS } from '../../cli/questions/all.ts';
import type { Row } from '../../cli/questions/question.ts';
import { asCsv, asTable } from '../../cli/rows.ts';
import type { Stage } from '../../cli/stage.ts';
import type { PhaseMetric } from '../../core/metrics/stored.ts';
import { record } from '../../lambdas/metrics/record.ts';
import { putPhaseMetric, putRunMetric } from '../../store/metrics.ts';
import { beginPhase, endPhase, type PhaseRow } from '../../store/phases.ts';
import type { Table } from '../../store/table.ts';
import { armTimer } from '../../store/timers.ts';
import { quietLog } from '../lambdas/recorders.ts';
import { openSmallRun } from '../lambdas/small-run.ts';
import { attemptRow } from '../store/rows.ts';
import { at, openTables, START, type Tables } from '../store/tables.ts';

let tables: Tables;
let stage: Stage;
let units: number;

/** Counts what reads consume. */
function metered(table: Table): Table {
  const send = async (command: { input: Record<string, unknown> }) => {
    command.input.ReturnConsumedCapacity = 'TOTAL';
    const answer = (await table.documents.send(command as never)) as { ConsumedCapacity?: { CapacityUnits?: number } };
    units += answer.ConsumedCapacity?.CapacityUnits ?? 0;
    return answer;
  };
  return { ...table, documents: { send } as never };
}

beforeEach(async () => {
  tables = await openTables();
  units = 0;
  await openSmallRun(tables);
  stage = {
    outputs: {},
    table: metered(tables.table),
    ledger: metered(tables.ledger),
    bucket: tables.bucket,
    now: () => Date.parse(at(3600)),
  } as never;
});
afterEach(() => tables.world.close());

const answer = (name: string, about = ''): Promise<readonly Row[]> => {
  const question = QUESTIONS.find((one) => one.name === name);
  if (question === undefined) throw new Error(`no question ${name}`);
  return question.answer(stage, about);
};

const metric = (phase: string, n: number, rest: Partial<PhaseMetric> = {}): PhaseMetric => ({
  runId: `m${n}`,
  pipeline: 'small',
  phase,
  startedAt: START,
  endedAt: at(n),
  durationMs: n * 1000,
  usdMicros: n,
  tokens: 10 * n,
  agents: { ok: 1, failed: 0 },
  gate: { passed: n % 2 === 0, verdict: n % 2 === 0 ? 'passed' : 'advised', score: 0.5, retries: n % 2 },
  criteria: {},
  findings: {},
  ...rest,
});

describe('questions about many runs', () => {
  beforeEach(async () => {
    for (let n = 1; n <= 10; n += 1) await putPhaseMetric(tables.table, metric('intake', n));
    const long = { endedAt: '2025-01-01T00:00:00.000Z', durationMs: 9e9, usdMicros: 9e9 };
    await putPhaseMetric(tables.table, metric('intake', 99, long));
  });

  it('are answered from the days they ask for', async () => {
    const [intake] = await answer('phase-durations');
    expect(intake).toEqual({ phase: 'intake', runs: 10, meanSeconds: 5.5, medianSeconds: 5.5, p95Seconds: 9.6 });
    expect((await answer('cost-by-phase'))[0]).toMatchObject({ runs: 10, usdMicros: 55, tokens: 550 });
    expect((await answer('gates'))[0]).toEqual({
      phase: 'intake',
      gates: 10,
      passed: 5,
      meanScore: 0.5,
      meanRetries: 0.5,
    });
    expect(await answer('phase-duration', 'intake')).toMatchObject([{ phase: 'intake', runs: 10 }]);
  });

  it('know what share of the runs succeeded', async () => {
    const run = { runId: 'a', pipeline: 'small', startedAt: START, durationMs: 1000, usdMicros: 5, tokens: 7 };
    await putRunMetric(tables.table, { ...run, endedAt: at(1), status: 'SUCCEEDED' });
    await putRunMetric(tables.table, { ...run, runId: 'b', endedAt: at(2), status: 'FAILED' });
    expect(await answer('success')).toMatchObject([{ runs: 2, succeeded: 1, rate: 0.5, meanUsdMicros: 5 }]);
  });

  it('read what they ask for and no more', async () => {
    for (let n = 1; n <= 200; n += 1) await putPhaseMetric(tables.table, metric('another-phase', n));
    units = 0;
    await answer('phase-duration', 'intake');
    expect(units).toBeLessThanOrEqual(1);
    units = 0;
    await answer('phase-duration', 'another-phase');
    // 200 rows of about 400 bytes, 8 KiB a unit where a read need not be consistent.
    expect(units).toBeLessThanOrEqual(15);
  });
});

describe('questions about one run', () => {
  beforeEach(async () => {
    const row: PhaseRow = { runId: 'r1', phase: 'intake', status: 'running', attempt: 1, startedAt: START };
    await beginPhase(tables.table, row, attemptRow({ phase: 'intake' }), { id: 'b', at: START });
    const end = { verdict: 'passed' as const, score: 0.9, reason: 'the gate passed', at: at(50) };
    await endPhase(tables.table, row, end, { id: 'phase.ended.intake.1', at: at(50) });
    await record(tables, { runId: 'r1', phase: 'intake' }, quietLog);
  });

  it('have answers, each for the read units of one partition', async () => {
    expect(await answer('runs')).toMatchObject([{ run: 'r1', status: 'RUNNING' }]);
    expect(await answer('gate-history', 'r1')).toMatchObject([{ phase: 'intake', attempt: 1 }]);
    expect((await answer('cost', 'r1')).at(-1)).toMatchObject({ phase: 'all', usdMicros: 0 });
    for (const name of ['tasks', 'timeline', 'cost', 'gate-history']) {
      units = 0;
      await answer(name, 'r1');
      expect([name, units <= 3]).toEqual([name, true]);
    }
  });

  it('name the run that is not there', async () => {
    for (const name of ['tasks', 'timeline', 'cost', 'gate-history'])
      await expect(answer(name, 'nobody')).rejects.toThrow('there is no run nobody');
  });

  it('know the next timer of the runs that are open', async () => {
    const timer = { runId: 'r1', kind: 'deadline', status: 'armed', schedule: 's' } as const;
    await armTimer(tables.table, { ...timer, name: 'later', at: at(900) });
    await armTimer(tables.table, { ...timer, name: 'sooner', at: at(90) });
    await armTimer(tables.table, { ...timer, name: 'gone', at: at(9), status: 'fired' });
    expect((await answer('timers')).map(({ timer: name }) => name)).toEqual(['sooner', 'later']);
    expect(await answer('open')).toMatchObject([{ run: 'r1' }]);
    expect(await answer('running')).toEqual([]);
  });
});

it('no question scans', async () => {
  const seen: string[] = [];
  const watching = (table: Table): Table => ({
    ...table,
    documents: {
      send: (command: object) => {
        seen.push(command.constructor.name);
        return table.documents.send(command as never);
      },
    } as never,
  });
  stage = { ...stage, table: watching(tables.table), ledger: watching(tables.ledger) };
  for (const { name, about } of QUESTIONS) await answer(name, about === 'run' ? 'r1' : (about ?? ''));
  expect([...new Set(seen)].sort()).toEqual(['GetCommand', 'QueryCommand']);
});

describe('rows', () => {
  const rows: Row[] = [
    { name: 'a,b', meanSeconds: 1.5, note: '=1+1' },
    { name: 'say "c"', meanSeconds: null, note: null },
  ];

  it('are a table people can read', () => {
    expect(asTable(rows)).toBe(['name     mean seconds  note', 'a,b               1.5  =1+1', 'say "c"'].join('\n'));
    expect(asTable([])).toBe('none');
  });

  it('are CSV that no spreadsheet takes for a formula', () => {
    expect(asCsv(rows)).toBe(`name,meanSeconds,note\r\n"a,b",1.5,'=1+1\r\n"say ""c""",,\r\n`);
    expect(asCsv([{ delta: -5 }])).toBe('delta\r\n-5\r\n');
  });
});
