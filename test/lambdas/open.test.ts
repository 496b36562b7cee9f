// Opening a run: bad input is refused whole and nothing is half-written; opened twice it is opened once; an ended run is
// opened again under its id.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hashOf } from '../../core/json.ts';
import type { PinnedPipeline, Pipeline } from '../../core/pipeline/model.ts';
import { pinPipeline } from '../../core/pipeline/pin.ts';
import type { OpenMessage } from '../../lambdas/messages.ts';
import { readInput } from '../../lambdas/open/input.ts';
import { type OpenDeps, open } from '../../lambdas/open/open.ts';
import { runIdOf } from '../../lambdas/run-id.ts';
import { objects, partition } from '../../store/keys.ts';
import { getText, putText } from '../../store/objects.ts';
import { setCurrentPipeline } from '../../store/pipelines.ts';
import { activeRunIds, endRun, getRun, listRuns } from '../../store/runs.ts';
import { queryRows } from '../../store/table.ts';
import { listTimers } from '../../store/timers.ts';
import { at, openTables, START, type Tables } from '../store/tables.ts';
import { type RecordedSchedules, recordSchedules } from './recorders.ts';
import { smallPipeline } from './small-run.ts';

let tables: Tables;
let schedules: RecordedSchedules;
let deps: OpenDeps;
const deployed: PinnedPipeline = pinPipeline(smallPipeline);

beforeEach(async () => {
  tables = await openTables();
  schedules = recordSchedules();
  deps = {
    table: tables.table,
    bucket: tables.bucket,
    schedules,
    sweepFunction: 'arn:sweep',
    timerFunction: 'arn:timer',
    deployed: async () => deployed,
    pipelineName: 'small',
    structureHash: deployed.structureHash,
    known: { artifactTypes: ['IdeaSpec'], agentIds: ['intake'], tools: ['typecheck'] },
    now: () => at(1),
  };
});
afterEach(() => tables.world.close());

const message = (input: unknown, name = 'run-1'): OpenMessage => ({
  input,
  executionArn: `arn:execution:${name}`,
  executionName: name,
  startedAt: START,
});
const idea = 'A shed that lends tools to its members.';
const rows = () => queryRows(tables.table, partition('run-1'), '');

describe('readInput', () => {
  it.each([
    [null, /found null, expected an object/],
    [[], /found a list/],
    [{}, /found neither of idea and ideaUri/],
    [{ idea, ideaUri: 's3://x' }, /found both/],
    [{ idae: idea, idea }, /idae: unknown.*did you mean idea\?/],
    [{ idea, budgetUsdMicros: 1.5 }, /budgetUsdMicros: found 1.5, expected an integer/],
    [{ idea, budgetUsdMicros: -1 }, /expected an integer of 0 or more/],
    [{ idea, budgetUsdMicros: '5' }, /budgetUsdMicros: found a text, "5", expected an integer/],
    [{ idea, budgetUsdMicros: '' }, /budgetUsdMicros: found an empty text, expected an integer/],
    [{ idea, budgetUsdMicros: '9'.repeat(61) }, /found a text, "9{60}\.\.\.", expected/],
    ['idea', /found a text, "idea", expected an object/],
    [{ resume: '' }, /resume: found an empty text, expected a run's id/],
    [{ idea, gates: 'advice' }, /gates: found "advice", expected enforce or advise/],
    [{ idea, name: '' }, /name: found 0 characters/],
    [{ idea: 7 }, /idea: found a number, expected a text/],
    [{ resume: 7 }, /resume: found a number, expected a run's id/],
    [{ resume: 'r', idea }, /idea: unknown, expected resume/],
  ])('refuses %j', (input, reason) => {
    expect(() => readInput(input)).toThrow(reason);
    expect(() => readInput(input)).toThrow(expect.objectContaining({ code: 'IdeaMine.BadInput' }));
  });

  it('names every problem at once', () => {
    expect(() => readInput({ gates: 'x', budgetUsdMicros: 'y', colour: 1 })).toThrow(/colour.*idea.*budget.*gates/);
  });

  it('knows the key Step Functions adds', () => {
    expect(readInput({ idea, AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: 'x' })).toMatchObject({
      kind: 'new',
      gates: 'enforce',
    });
  });
});

describe('open', () => {
  it('records the run with its pinned behaviour, deadline and sweep', async () => {
    expect(await open(deps, message({ idea, gates: 'advise', budgetUsdMicros: 700 }))).toEqual({
      runId: 'run-1',
      ok: true,
    });
    expect(await getRun(tables.table, 'run-1')).toMatchObject({
      status: 'RUNNING',
      gates: 'advise',
      budgetUsdMicros: 700,
      shares: { intake: { usdMicros: 700, tokens: 10_000, toolMs: 60_000 } },
      pipeline: { name: 'small', hash: deployed.hash },
      name: idea,
    });
    expect(await getText(tables.bucket, objects.idea('run-1'))).toBe(idea);
    expect(await getText(tables.bucket, objects.pipeline('small', deployed.hash))).toBeDefined();
    // 30 minutes with 3 tries.
    expect([...schedules.kept]).toEqual([
      ['run-1-run-deadline', at(5400).replace('Z', 'Z')],
      ['stall-sweep', 'rate(1 minute)'],
    ]);
    expect(await activeRunIds(tables.table)).toEqual(['run-1']);
    expect((await listTimers(tables.table, 'run-1')).map(({ name, status }) => `${name} ${status}`)).toEqual([
      'run-deadline armed',
    ]);
  });

  it('opens once when it is called twice', async () => {
    const first = await open(deps, message({ idea }));
    const before = await rows();
    expect(await open({ ...deps, now: () => at(9) }, message({ idea }))).toEqual(first);
    expect(await rows()).toEqual(before);
  });

  it('refuses the name of a run that another execution started', async () => {
    await open(deps, message({ idea }));
    await expect(open(deps, { ...message({ idea }), executionArn: 'arn:other' })).rejects.toThrow(
      /expected a new name/,
    );
  });

  it.each([
    ['an empty idea', { idea: '' }, /an empty file|no words/],
    ['binary data', { idea: 'PK\u0003\u0004' }, /binary/],
    [
      'an idea in another bucket',
      { ideaUri: 's3://elsewhere/ideas/x' },
      /expected an object under s3:\/\/the-bucket\/ideas\//,
    ],
    ['an object of a run as the idea', { ideaUri: 's3://the-bucket/runs/r9/idea.txt' }, /expected an object under/],
    ['an object that is not there', { ideaUri: 's3://the-bucket/ideas/none' }, /there is no object/],
    ['a pipeline this stack does not run', { idea, pipeline: 'other' }, /found other, expected small/],
    [
      'what is no hash',
      { idea, pipeline: 'small@../ideas/x' },
      /found small@\.\.\/ideas\/x, expected small or small@ and/,
    ],
    ['an empty hash', { idea, pipeline: 'small@' }, /found small@, expected small or small@ and a hash/],
    [
      'more than a hash',
      { idea, pipeline: `small@${deployed.hash}@x` },
      /expected small or small@ and a hash of 64 digits/,
    ],
  ])('refuses %s, and writes nothing', async (_what, input, reason) => {
    await expect(open(deps, message(input))).rejects.toThrow(reason);
    expect(await rows()).toEqual([]);
    expect(schedules.kept.size).toBe(0);
    expect(await getText(tables.bucket, objects.idea('run-1'))).toBeUndefined();
  });

  it('takes an idea from the bucket, up to its size', async () => {
    await putText(tables.bucket, 'ideas/a', idea, 'text/plain');
    await open(deps, message({ ideaUri: 's3://the-bucket/ideas/a' }));
    expect(await getText(tables.bucket, objects.idea('run-1'))).toBe(idea);
    await putText(tables.bucket, 'ideas/b', 'x'.repeat(256 * 1024 + 1), 'text/plain');
    await expect(open(deps, message({ ideaUri: 's3://the-bucket/ideas/b' }, 'run-2'))).rejects.toThrow(
      /262145 bytes, expected at most/,
    );
  });

  it('pins the pushed behaviour over the deployed one, and keeps it by hash', async () => {
    const pushed = pinPipeline({ ...smallPipeline, title: 'Pushed' });
    await setCurrentPipeline(tables.bucket, pushed);
    await open(deps, message({ idea }));
    expect((await getRun(tables.table, 'run-1'))?.pipeline.hash).toBe(pushed.hash);
    await open(deps, message({ idea, pipeline: `small@${deployed.hash}` }, 'run-2'));
    expect((await getRun(tables.table, 'run-2'))?.pipeline.hash).toBe(deployed.hash);
  });

  it('refuses a behaviour of another structure, or that breaks a rule here', async () => {
    const [phase] = smallPipeline.phases;
    if (phase === undefined) throw new Error('no phase');
    const push = (change: Partial<Pipeline>) =>
      setCurrentPipeline(tables.bucket, pinPipeline({ ...smallPipeline, ...change }));
    await push({ phases: [{ ...phase, id: 'other' }] });
    await expect(open(deps, message({ idea }))).rejects.toThrow(
      expect.objectContaining({ code: 'IdeaMine.StructureMismatch' }),
    );
    await push({ phases: [{ ...phase, agents: [{ id: 'stranger', tier: 'standard', tools: [] }] }] });
    await expect(open(deps, message({ idea }))).rejects.toThrow(/stranger/);
    expect(await rows()).toEqual([]);
  });

  it('says of a hash nobody pushed that it was never pushed, and of a current one that is gone that it is gone', async () => {
    const hash = 'a'.repeat(64);
    await expect(open(deps, message({ idea, pipeline: `small@${hash}` }))).rejects.toThrow(
      expect.objectContaining({ code: 'IdeaMine.BadInput', message: expect.stringContaining('was never pushed') }),
    );
    await putText(tables.bucket, objects.currentPipeline('small'), hash, 'text/plain');
    await expect(open(deps, message({ idea }))).rejects.toThrow(expect.objectContaining({ code: 'IdeaMine.Corrupt' }));
    expect(await rows()).toEqual([]);
  });

  it('refuses a behaviour whose content is not that of its hash', async () => {
    const pushed = pinPipeline({ ...smallPipeline, title: 'Pushed' });
    await setCurrentPipeline(tables.bucket, pushed);
    const forged = { ...pushed, pipeline: { ...pushed.pipeline, title: 'Forged' } };
    expect(hashOf(forged.pipeline)).not.toBe(pushed.hash);
    await putText(tables.bucket, objects.pipeline('small', pushed.hash), JSON.stringify(forged), 'application/json');
    await expect(open(deps, message({ idea }))).rejects.toThrow(/is not what was pushed/);
  });
});

describe('resume', () => {
  const fail = async () => {
    const dossier = { json: '', html: '', sha256: '' };
    const end = {
      executionArn: 'arn:execution:run-1',
      status: 'FAILED' as const,
      at: at(2),
      cause: 'stopped',
      dossier,
    };
    await endRun(tables.table, 'run-1', end, { id: 'closed', at: at(2) });
  };
  const resume = (name = 'run-1-r1') => open(deps, { ...message({ resume: 'run-1' }, name), startedAt: at(50) });

  it('opens an ended run again under its id, with a new deadline', async () => {
    await open(deps, message({ idea }));
    await fail();
    expect(await resume()).toEqual({ runId: 'run-1', ok: true });
    expect(await resume()).toEqual({ runId: 'run-1', ok: true });
    const run = await getRun(tables.table, 'run-1');
    expect(run).toMatchObject({
      status: 'RUNNING',
      openings: 2,
      executionArn: 'arn:execution:run-1-r1',
      deadlineAt: at(5450),
    });
    expect(run?.cause).toBeUndefined();
    expect(await listRuns(tables.table, 10)).toHaveLength(1);
  });

  it('refuses a run that is not there, one that runs, and one that succeeded', async () => {
    await expect(resume()).rejects.toThrow(/there is no run run-1/);
    await open(deps, message({ idea }));
    await expect(resume()).rejects.toThrow(/is RUNNING, expected one that has FAILED/);
  });

  it('lets one of two executions have it', async () => {
    await open(deps, message({ idea }));
    await fail();
    await resume('first');
    await expect(resume('second')).rejects.toThrow(/is RUNNING|resumed by another/);
  });
});

describe('runIdOf', () => {
  it('is the name of the execution where it can stand in keys and paths', () => {
    expect(runIdOf('shed-2026_1')).toBe('shed-2026_1');
    expect(runIdOf('Größe/1')).toMatch(/^run-[0-9a-f]{32}$/);
    expect(runIdOf('a.b')).not.toBe(runIdOf('a-b'));
  });
});
