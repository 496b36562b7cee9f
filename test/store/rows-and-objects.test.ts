// The rest of what the store reads and writes: timers, breakers, metrics, measurements, publications, quarantine, seals,
// pipelines and objects. What is written is read back; what may be written once is written once.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256 } from '../../core/json.ts';
import type { Seal } from '../../core/ledger/seal.ts';
import type { PhaseMetric, RunMetric } from '../../core/metrics/stored.ts';
import { pinPipeline } from '../../core/pipeline/pin.ts';
import { getBreaker, putBreaker } from '../../store/breakers.ts';
import { lastEvent } from '../../store/events.ts';
import {
  getBuildId,
  getMeasurement,
  keepBuildId,
  keepMeasurement,
  listMeasurements,
  readReport,
} from '../../store/measurements.ts';
import { phaseMetrics, putPhaseMetric, putRunMetric, runMetrics } from '../../store/metrics.ts';
import { getBytes, getText, putBytes, putText } from '../../store/objects.ts';
import { getObject, putObject } from '../../store/payload.ts';
import { awaitDecision, beginPhase, getPhase, listPhases, type PhaseRow } from '../../store/phases.ts';
import { currentPipelineHash, getPipeline, isPushed, putPipeline, setCurrentPipeline } from '../../store/pipelines.ts';
import { recordPublication } from '../../store/publication.ts';
import { discardTask, listQuarantined, releaseTask } from '../../store/quarantine.ts';
import { createRun, endRun, getRun, type RunRow, startClock, stopClock } from '../../store/runs.ts';
import { claimSeal, getSeal, getSegment, lastSeal, listSeals, putSeal } from '../../store/seals.ts';
import { countFinishedSteps } from '../../store/steps.ts';
import { setAside } from '../../store/task-outcome.ts';
import { reuseTask } from '../../store/task-reuse.ts';
import { getTask, listRoundTasks, listTasks, planTask, type TaskRow } from '../../store/task-row.ts';
import { armTimer, cancelTimer, fireTimer, listTimers } from '../../store/timers.ts';
import { attemptRow } from './rows.ts';
import { at, openTables, type Tables } from './tables.ts';
import { plannedTask } from './tasks.ts';

let tables: Tables;
beforeEach(async () => {
  tables = await openTables();
});
afterEach(() => tables.world.close());

const outbox = (id: string) => ({ id, at: at(9) });

describe('a timer', () => {
  const timer = {
    runId: 'r1',
    name: 'run-deadline',
    kind: 'run-deadline',
    at: at(60),
    status: 'armed' as const,
    schedule: 's',
  };

  it('fires once, not before the time it was armed for last', async () => {
    await armTimer(tables.table, timer);
    expect(await fireTimer(tables.table, 'r1', timer.name, at(59))).toBeUndefined();
    expect(await fireTimer(tables.table, 'r1', timer.name, at(60))).toMatchObject({ status: 'fired' });
    expect(await fireTimer(tables.table, 'r1', timer.name, at(61))).toBeUndefined();
  });

  it('that was cancelled does not fire', async () => {
    await armTimer(tables.table, timer);
    expect(await cancelTimer(tables.table, timer)).toMatchObject({ status: 'cancelled' });
    expect(await fireTimer(tables.table, 'r1', timer.name, at(99))).toBeUndefined();
    expect((await listTimers(tables.table, 'r1')).map(({ status }) => status)).toEqual(['cancelled']);
  });
});

describe('a breaker', () => {
  it('is changed by whoever saw it last', async () => {
    const seen = await getBreaker(tables.table, 'tool:lint');
    expect(seen.version).toBe(0);
    expect(await putBreaker(tables.table, 'tool:lint', seen, seen.breaker, at(1))).toBe(true);
    expect(await putBreaker(tables.table, 'tool:lint', seen, seen.breaker, at(2))).toBe(false);
    expect((await getBreaker(tables.table, 'tool:lint')).version).toBe(1);
  });
});

describe('metrics', () => {
  it('are found from a time on, oldest first', async () => {
    const phase = (runId: string, second: number) => ({ runId, phase: 'prd', endedAt: at(second) }) as PhaseMetric;
    for (const [id, second] of [
      ['b', 5],
      ['a', 3],
      ['c', 1],
    ] as const)
      await putPhaseMetric(tables.table, phase(id, second));
    expect((await phaseMetrics(tables.table, 'prd', at(2))).map(({ runId }) => runId)).toEqual(['a', 'b']);
    await putRunMetric(tables.table, { runId: 'r', endedAt: at(4) } as RunMetric);
    expect(await runMetrics(tables.table, at(5))).toEqual([]);
    expect(await runMetrics(tables.table, at(4))).toHaveLength(1);
  });
});

describe('a measurement', () => {
  const raw = '{"findings":0}';
  const report = { sha256: sha256(raw), bytes: raw.length, mediaType: 'application/json' };
  const measured = { tool: 'lint', by: 'biome 2', value: { errors: 0 }, report };

  it('is kept with its raw report, once', async () => {
    const keep = (value: object) =>
      keepMeasurement(tables.table, tables.bucket, 'r1', 'k', { ...measured, value: { ...value } }, Buffer.from(raw));
    await keep({ errors: 0 });
    await keep({ errors: 9 });
    expect(await getMeasurement(tables.table, tables.bucket, 'r1', 'k')).toEqual(measured);
    expect((await listMeasurements(tables.table, tables.bucket, 'r1')).map(({ key }) => key)).toEqual(['k']);
    expect(await readReport(tables.bucket, 'r1', report)).toBe(raw);
    await expect(readReport(tables.bucket, 'r1', { ...report, sha256: 'f'.repeat(64) })).rejects.toThrow(/gone/);
  });

  it('remembers its newest build', async () => {
    for (const build of ['one', 'two']) await keepBuildId(tables.table, 'r1', 'k', build);
    expect(await getBuildId(tables.table, 'r1', 'k')).toBe('two');
  });
});

describe('a run that has ended', () => {
  it('is published once for each dossier', async () => {
    const run = { runId: 'r1', status: 'RUNNING', executionArn: 'arn:1', startedAt: at(0) } as RunRow;
    await createRun(tables.table, run, outbox('opened'));
    const dossier = { json: 'j', html: 'h', sha256: 'd' };
    const end = { executionArn: 'arn:1', status: 'SUCCEEDED' as const, at: at(9), cause: 'c', dossier };
    await endRun(tables.table, 'r1', end, outbox('closed'));
    const ended = (await getRun(tables.table, 'r1')) as RunRow;
    const publish = (id: string) => recordPublication(tables.table, ended, { files: { a: 'h' }, outbox: outbox(id) });
    expect(await publish('p1')).toBe(true);
    expect(await publish('p2')).toBe(false);
    expect(await lastEvent(tables.table, 'r1')).toBeUndefined();
  });
});

describe('the clock of a run', () => {
  it('stands still from the first wait on, and goes on once', async () => {
    const run = {
      runId: 'r1',
      status: 'RUNNING',
      executionArn: 'arn:1',
      startedAt: at(0),
      deadlineAt: at(60),
    } as RunRow;
    await createRun(tables.table, run, outbox('opened'));
    await stopClock(tables.table, 'r1', at(10));
    await stopClock(tables.table, 'r1', at(20));
    const seen = (await getRun(tables.table, 'r1')) as RunRow;
    expect(seen.waitingSince).toBe(at(10));
    expect(await startClock(tables.table, seen, at(70))).toMatchObject({ deadlineAt: at(70) });
    expect(await startClock(tables.table, seen, at(80))).toBeUndefined();
  });
});

describe('a phase', () => {
  it('waits for a decision from where it was seen, with the newest token', async () => {
    const row: PhaseRow = { runId: 'r1', phase: 'prd', status: 'running', attempt: 1, startedAt: at(0) };
    await beginPhase(tables.table, row, attemptRow(), outbox('began'));
    expect(await awaitDecision(tables.table, row, 't1', at(1), outbox('asked'))).toBe(true);
    expect(await awaitDecision(tables.table, row, 't2', at(2), outbox('asked again'))).toBe(false);
    const waiting = (await getPhase(tables.table, 'r1', 'prd')) as PhaseRow;
    expect(await awaitDecision(tables.table, waiting, 't2', at(2), outbox('asked again'))).toBe(true);
    expect(await listPhases(tables.table, 'r1')).toMatchObject([{ approvalToken: 't2', askedAt: at(1) }]);
  });
});

describe('a task', () => {
  const task = plannedTask();
  const failure = { try: 1, code: 'IdeaMine.Transient', cause: 'a fault', at: at(5) };
  const row = async () => (await getTask(tables.table, task)) as TaskRow;

  it('that is set aside is listed, and released or discarded once', async () => {
    await planTask(tables.table, task, at(0));
    await setAside(tables.table, await row(), [failure], outbox('aside'));
    const aside = await row();
    expect((await listQuarantined(tables.table, 'r1')).map((one) => one.task)).toEqual([task.task]);
    const by = { by: 'me', reason: 'r', at: at(6) } as unknown as NonNullable<TaskRow['discarded']>;
    expect(await discardTask(tables.table, aside, by, outbox('d1'))).toBe(true);
    expect(await discardTask(tables.table, aside, by, outbox('d2'))).toBe(false);
    expect(await releaseTask(tables.table, aside, outbox('r1'))).toBe(true);
    expect(await releaseTask(tables.table, aside, outbox('r2'))).toBe(false);
    expect(await listQuarantined(tables.table, 'r1')).toEqual([]);
  });

  it('is found by run, phase and round, has no steps yet, and is reused once', async () => {
    await planTask(tables.table, task, at(0));
    const next = plannedTask({ attempt: 2 });
    expect(await reuseTask(tables.table, next, await row(), at(1), outbox('reused'))).toBe(true);
    expect(await reuseTask(tables.table, next, await row(), at(1), outbox('reused again'))).toBe(false);
    expect(await listTasks(tables.table, 'r1', 'intake')).toHaveLength(2);
    expect(await listTasks(tables.table, 'r1', 'intake', 2)).toHaveLength(1);
    expect(await listRoundTasks(tables.table, task)).toHaveLength(1);
    expect(await countFinishedSteps(tables.table, task)).toBe(0);
  });
});

describe('seals', () => {
  const seal = {
    statement: { runId: 'r1', number: 1, segment: { from: 1, to: 2 } },
    signature: null,
  } as unknown as Seal;

  it('are claimed once, and written once', async () => {
    expect(await lastSeal(tables.table, 'r1')).toBeUndefined();
    expect(await claimSeal(tables.table, seal.statement)).toBe(true);
    expect(await claimSeal(tables.table, seal.statement)).toBe(false);
    await putSeal(tables.bucket, seal, 'entries\n');
    await putSeal(tables.bucket, seal, 'forged\n');
    expect(await getSegment(tables.bucket, seal.statement)).toBe('entries\n');
    expect(await getSeal(tables.bucket, 'r1', 2)).toBeUndefined();
    expect(await listSeals(tables.bucket, 'r1')).toEqual([seal]);
    expect(await lastSeal(tables.table, 'r1')).toEqual(seal.statement);
  });
});

describe('the bucket', () => {
  it('gives back what was put, its size alone when it is too large, and nothing for nothing', async () => {
    await putText(tables.bucket, 'a/text', 'Grüße', 'text/plain');
    expect(await getText(tables.bucket, 'a/text')).toBe('Grüße');
    await putBytes(tables.bucket, 'a/bytes', Buffer.from([0, 255, 1]), 'application/octet-stream');
    expect(await getBytes(tables.bucket, 'a/bytes', 3)).toEqual({ size: 3, bytes: new Uint8Array([0, 255, 1]) });
    expect(await getBytes(tables.bucket, 'a/bytes', 2)).toEqual({ size: 3 });
    expect(await getText(tables.bucket, 'a/nothing')).toBeUndefined();
    expect(await getBytes(tables.bucket, 'a/nothing', 1)).toBeUndefined();
    const ref = await putObject(tables.bucket, 'r1', { b: 1, a: [2] });
    expect(await getObject(tables.bucket, 'r1', ref)).toEqual({ a: [2], b: 1 });
  });

  it('has pipelines by their hash, and which one is current', async () => {
    const pinned = pinPipeline({ name: 'p', version: '1.0.0', phases: [] } as never);
    expect(await currentPipelineHash(tables.bucket, 'p')).toBeUndefined();
    await putPipeline(tables.bucket, pinned);
    expect(await isPushed(tables.bucket, 'p', pinned.hash)).toBe(true);
    expect(await currentPipelineHash(tables.bucket, 'p')).toBeUndefined();
    await setCurrentPipeline(tables.bucket, pinned);
    expect(await currentPipelineHash(tables.bucket, 'p')).toBe(pinned.hash);
    expect((await getPipeline(tables.bucket, 'p', pinned.hash)).hash).toBe(pinned.hash);
  });
});
