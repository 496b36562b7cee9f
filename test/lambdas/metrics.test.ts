// The metrics function: what is kept of a phase is the sum of its tasks; of a run, the sum of its phases; once.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { phaseMetric } from '../../core/metrics/stored.ts';
import { summaryOf } from '../../core/metrics/summary.ts';
import { record } from '../../lambdas/metrics/record.ts';
import { phaseMetrics, runMetrics } from '../../store/metrics.ts';
import { beginPhase, endPhase, type PhaseRow } from '../../store/phases.ts';
import { endRun } from '../../store/runs.ts';
import { attemptRow } from '../store/rows.ts';
import { at, openTables, START, type Tables } from '../store/tables.ts';
import { quietLog } from './recorders.ts';
import { EXECUTION, openSmallRun } from './small-run.ts';

let tables: Tables;
beforeEach(async () => {
  tables = await openTables();
  await openSmallRun(tables);
});
afterEach(() => tables.world.close());

async function phaseEnds(): Promise<void> {
  const row: PhaseRow = { runId: 'r1', phase: 'intake', status: 'running', attempt: 1, startedAt: START };
  await beginPhase(tables.table, row, attemptRow({ phase: 'intake' }), { id: 'b', at: START });
  const end = { verdict: 'passed' as const, score: 0.9, reason: 'the gate passed', at: at(50) };
  await endPhase(tables.table, row, end, { id: 'phase.ended.intake.1', at: at(50) });
}

describe('record', () => {
  it('keeps a phase that has ended, and keeps it once', async () => {
    await phaseEnds();
    await record(tables, { runId: 'r1', phase: 'intake' }, quietLog);
    await record(tables, { runId: 'r1', phase: 'intake' }, quietLog);
    expect(await phaseMetrics(tables.table, 'intake', START)).toMatchObject([
      {
        runId: 'r1',
        phase: 'intake',
        durationMs: 50_000,
        usdMicros: 0,
        gate: { passed: true, score: 0.9, retries: 0 },
      },
    ]);
    expect(await phaseMetrics(tables.table, 'intake', at(51))).toEqual([]);
  });

  it('keeps nothing of what has not ended', async () => {
    await record(tables, { runId: 'r1', phase: 'intake' }, quietLog);
    await record(tables, { runId: 'r1' }, quietLog);
    expect(await phaseMetrics(tables.table, 'intake', '')).toEqual([]);
    expect(await runMetrics(tables.table, '')).toEqual([]);
  });

  it('keeps a run that has ended', async () => {
    const dossier = { json: 'j', html: 'h', sha256: 's' };
    const end = { executionArn: EXECUTION, status: 'FAILED', at: at(100), cause: 'x', dossier } as const;
    await endRun(tables.table, 'r1', end, { id: 'run.closed.1', at: at(100) });
    await record(tables, { runId: 'r1' }, quietLog);
    expect(await runMetrics(tables.table, START)).toMatchObject([{ runId: 'r1', status: 'FAILED', usdMicros: 0 }]);
  });
});

describe('the figures of a phase', () => {
  const task = fc.record({
    status: fc.constantFrom('committed', 'set-aside', 'superseded', 'failed'),
    spentUsdMicros: fc.nat(),
    spentTokens: fc.nat(),
  });
  const phase = {
    runId: 'r',
    phase: 'p',
    startedAt: START,
    endedAt: at(9),
    attempt: 3,
    verdict: 'advised',
    score: null,
  };

  it('are the sums of its tasks, whatever became of them', () => {
    fc.assert(
      fc.property(fc.array(task), (tasks) => {
        const { usdMicros, tokens, agents, gate } = phaseMetric('pipe', phase, tasks, undefined);
        expect(usdMicros).toBe(tasks.reduce((sum, one) => sum + one.spentUsdMicros, 0));
        expect(tokens).toBe(tasks.reduce((sum, one) => sum + one.spentTokens, 0));
        expect(agents.ok + agents.failed).toBe(tasks.filter(({ status }) => status !== 'superseded').length);
        expect(gate).toEqual({ passed: false, verdict: 'advised', score: null, retries: 2 });
      }),
    );
  });
});

describe('a summary', () => {
  it('has mean, median and 95th percentile', () => {
    expect(summaryOf([])).toEqual({ count: 0, mean: null, median: null, p95: null });
    expect(summaryOf(Array.from({ length: 100 }, (_, n) => n + 1))).toEqual({
      count: 100,
      mean: 51,
      median: 51,
      p95: 95,
    });
  });
});
