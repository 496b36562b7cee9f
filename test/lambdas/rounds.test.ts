// From plan to gate, on one phase:
//   1. a wave's tasks are planned once, whatever is planned again, with shares that sum to no more than the phase has
//   2. later waves see what earlier ones made; a long list is shared out; a large wave goes through the bucket
//   3. results are put together in declared order, whatever order they were committed in
//   4. what does not fit its schema is not handed on, and fails the gate by name
//   5. rounds go on until those who decide say done

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Agent } from '../../agents/sdk/agent.ts';
import type { Json } from '../../core/json.ts';
import type { Phase, Pipeline } from '../../core/pipeline/model.ts';
import { aggregateRound } from '../../lambdas/aggregate/aggregate-round.ts';
import { type GateDeps, gate } from '../../lambdas/gate/gate.ts';
import type { PlanState } from '../../lambdas/messages.ts';
import { cachedPipelines } from '../../lambdas/pinned.ts';
import { INLINE_TASKS } from '../../lambdas/plan/limits.ts';
import { type PlanDeps, plan } from '../../lambdas/plan/plan.ts';
import { WORST_CASE } from '../../statemachines/bounds.ts';
import { getEnvelope, listArtifacts } from '../../store/artifacts.ts';
import { getAttempt } from '../../store/attempts.ts';
import { outboxKey } from '../../store/keys.ts';
import { getText } from '../../store/objects.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { getObject, putObject } from '../../store/payload.ts';
import { commitStep, startStep } from '../../store/steps.ts';
import { getRow } from '../../store/table.ts';
import { claimTask } from '../../store/task-lease.ts';
import { commitTask, setAside } from '../../store/task-outcome.ts';
import { listTasks, type TaskRow } from '../../store/task-row.ts';
import { reserve, settle } from '../../store/task-spending.ts';
import { putAttempt } from '../store/rows.ts';
import { at, openTables, type Tables } from '../store/tables.ts';
import { openSmallRun, smallPipeline } from './small-run.ts';

let tables: Tables;
let deps: PlanDeps & GateDeps;

const [small] = smallPipeline.phases as [Phase];
const agents = (...ids: string[]) => ids.map((id) => ({ id, tier: 'standard', tools: [] }));

async function open(phase: Partial<Phase>): Promise<void> {
  const pipeline: Pipeline = { ...smallPipeline, phases: [{ ...small, ...phase }] };
  await openSmallRun(tables, pipeline);
  deps = {
    table: tables.table,
    bucket: tables.bucket,
    pipelines: cachedPipelines(tables.bucket),
    now: () => at(1),
    agents: [],
    findAgent: (id): Agent => ({
      id,
      title: id,
      workerClass: 'models',
      reads: [],
      makes: [],
      run: async () => ({ artifacts: {} }),
    }),
  };
  await startAttempt(1);
}

const startAttempt = (attempt: number, strict = false) =>
  putAttempt(tables.table, { phase: 'intake', attempt, strict });

beforeEach(async () => {
  tables = await openTables();
});
afterEach(() => tables.world.close());

const where = (change: { attempt?: number; round?: number; wave?: number } = {}) => ({
  runId: 'r1',
  phase: 'intake',
  attempt: 1,
  round: 1,
  wave: 1,
  ...change,
});
const ids = (state: PlanState): string[] => state.tasks.map(({ task }) => task);
const rowOf = async (task: string, round = 1, attempt = 1): Promise<TaskRow> => {
  const rows = await listTasks(tables.table, 'r1', 'intake', attempt);
  return rows.find((row) => row.task === task && row.round === round) as TaskRow;
};

/** Does a task's work as a worker would. */
async function finish(
  task: string,
  made: Json,
  change: { done?: boolean; round?: number; tokens?: number; drafts?: string } = {},
) {
  const row = await rowOf(task, change.round);
  const claimed = await claimTask(tables.table, row, {
    token: 't',
    try: row.try,
    owner: 'w',
    at: at(2),
    takeOver: false,
  });
  const lease = { name: row, epoch: claimed?.epoch ?? 0 };
  const cost = { tokens: change.tokens ?? 0, usdMicros: 0 };
  await reserve(tables.table, lease, cost);
  await settle(tables.table, lease, cost, cost, { provider: 'offline', model: 'extractive-1' });
  if (change.drafts !== undefined) {
    const step = `draft ${change.drafts}: its parts`;
    const variant = row.strict ? 'strict' : 'plain';
    await startStep(tables.table, lease, variant, step);
    await commitStep(tables.table, tables.bucket, lease, variant, { name: step, seq: 1, value: null }, at(2));
  }
  const result = await putObject(tables.bucket, 'r1', made);
  const commit = {
    at: at(3),
    result,
    done: change.done ?? null,
    model: { provider: 'offline', model: 'extractive-1' },
  };
  await commitTask(tables.table, lease, commit, { id: `task.${row.round}.${task}`, at: at(3) });
}

const contentsOf = async (ref: TaskRow['made']): Promise<Json> =>
  ref === null ? null : getObject(tables.bucket, 'r1', ref);

describe('plan', () => {
  it('gives one agent a wave in sequence, and lets it read what those before it made', async () => {
    await open({ agents: agents('a', 'b') });
    const first = await plan(deps, where());
    expect(first).toMatchObject({ next: 'inline', nextWave: 2, concurrency: 1, items: null });
    expect(ids(first)).toEqual(['a']);
    expect(first.tasks[0]).toMatchObject({
      try: 1,
      workerClass: 'models',
      timeoutSeconds: 1800,
      heartbeatSeconds: 900,
    });
    await finish('a', { IdeaSpec: { title: 'shed' } });
    expect(ids(await plan(deps, where({ wave: 2 })))).toEqual(['b']);
    expect(await contentsOf((await rowOf('b')).made)).toEqual({ IdeaSpec: { title: 'shed' } });
    expect(await plan(deps, where({ wave: 3 }))).toMatchObject({ next: 'aggregate', tasks: [] });
  });

  it('planned again gives the same tasks and changes no row', async () => {
    await open({ mode: { kind: 'parallel' }, agents: agents('a', 'b') });
    const first = await plan(deps, where());
    const before = await listTasks(tables.table, 'r1');
    expect(await plan({ ...deps, now: () => at(99) }, where())).toEqual(first);
    expect(await listTasks(tables.table, 'r1')).toEqual(before);
  });

  it('leaves out what is committed, and takes up again what was set aside', async () => {
    await open({ mode: { kind: 'parallel' }, agents: agents('a', 'b', 'c') });
    await plan(deps, where());
    await finish('a', {});
    await setAside(tables.table, await rowOf('b'), [], { id: 'aside', at: at(3) });
    const again = await plan(deps, where());
    expect(again.tasks.map(({ task, try: tryNumber }) => `${task} ${tryNumber}`)).toEqual(['b 2', 'c 1']);
  });

  it('goes on to the next wave when this one is done', async () => {
    await open({ agents: agents('a', 'b') });
    await plan(deps, where());
    await finish('a', {});
    expect(await plan(deps, where())).toMatchObject({ wave: 2, nextWave: 3, tasks: [{ task: 'b' }] });
  });

  it('splits what the phase has left, never more, and gives back what was not spent', async () => {
    await open({ mode: { kind: 'parallel' }, agents: agents('a', 'b', 'c') });
    await plan(deps, where());
    const first = await listTasks(tables.table, 'r1');
    // Half of 10,000 tokens for the first of three tries.
    expect(first.reduce((sum, row) => sum + row.budgetTokens, 0)).toBe(5000);
    expect(first.reduce((sum, row) => sum + row.budgetUsdMicros, 0)).toBe(500);
    await finish('a', {}, { tokens: 600 });
    await startAttempt(2);
    await plan(deps, where({ attempt: 2 }));
    const second = await listTasks(tables.table, 'r1', 'intake', 2);
    expect(second.reduce((sum, row) => sum + row.budgetTokens, 0)).toBe((10_000 - 600) / 2);
  });

  it('has the same key for the same work, another for another attempt [safety: new-attempt]', async () => {
    await open({ agents: agents('a') });
    await plan(deps, where());
    await startAttempt(2);
    await plan(deps, where({ attempt: 2 }));
    const [one, two] = await listTasks(tables.table, 'r1');
    expect(one?.idempotencyKey).toMatch(/^[0-9a-f]{64}$/);
    expect(two?.idempotencyKey).not.toBe(one?.idempotencyKey);
  });

  it('shares a list out that an earlier wave made', async () => {
    const shard = { over: 'IdeaSpec.parts', size: 2, atMost: 2 };
    await open({ agents: [...agents('a'), { id: 'b', tier: 'standard', tools: [], shard }] });
    await plan(deps, where());
    await finish('a', { IdeaSpec: { parts: [1, 2, 3, 4, 5] } });
    const state = await plan(deps, where({ wave: 2 }));
    expect(state.concurrency).toBe(2);
    expect(ids(state)).toEqual(['b.0001', 'b.0002', 'b.0003']);
    expect((await rowOf('b.0003')).shard).toEqual({ index: 2, count: 3, over: 'IdeaSpec.parts', start: 4, end: 5 });
  });

  it('puts a wave that is too large for one execution into the bucket', async () => {
    expect(INLINE_TASKS).toBeLessThanOrEqual(WORST_CASE.inlineTasks);
    const many = agents(...Array.from({ length: INLINE_TASKS + 1 }, (_, n) => `a${n}`));
    await open({ mode: { kind: 'parallel' }, agents: many });
    const state = await plan(deps, where());
    expect(state).toMatchObject({ next: 'distributed', tasks: [], items: { bucket: 'the-bucket' } });
    const items = JSON.parse((await getText(tables.bucket, state.items?.key ?? '')) ?? '[]');
    expect(items).toHaveLength(INLINE_TASKS + 1);
    expect(items[0]).toMatchObject({ task: 'a0', try: 1 });
  });

  it('asks for stricter prompts when the attempt is to', async () => {
    await open({ agents: agents('a') });
    await startAttempt(2, true);
    await plan(deps, where({ attempt: 2 }));
    expect((await rowOf('a', 1, 2)).strict).toBe(true);
  });
});

const claim = (text: string) => ({ text, cites: [] });
const spec = {
  title: claim('Shed'),
  description: claim('Lends tools'),
  targetUsers: [claim('Members')],
};

describe('aggregate', () => {
  it('merges in declared order, whoever was first, and hands on with who made it', async () => {
    await open({ mode: { kind: 'parallel' }, agents: agents('a', 'b') });
    await plan(deps, where());
    await finish('b', { IdeaSpec: { title: claim('of b') } });
    await finish('a', { IdeaSpec: { ...spec, title: claim('of a') } });
    const state = await aggregateRound(deps, where());
    expect(state).toMatchObject({ round: 2, next: 'gate' });
    const last = (await getAttempt(tables.table, 'r1', 'intake', 1))?.last ?? null;
    expect(await contentsOf(last)).toMatchObject({
      IdeaSpec: { title: { text: 'of b' }, description: { text: 'Lends tools' } },
    });
  });

  it('answers the same when asked again, and tells of it once', async () => {
    await open({ agents: agents('a') });
    await plan(deps, where());
    await finish('a', {});
    const first = await aggregateRound(deps, where());
    const before = await listArtifacts(tables.table, 'r1');
    expect(await aggregateRound({ ...deps, now: () => at(77) }, where())).toEqual(first);
    expect(await listArtifacts(tables.table, 'r1')).toEqual(before);
    const row = await getRow<OutboxRow>(tables.table, outboxKey('r1', 'round.intake#01#001'));
    expect(row?.events).toMatchObject([{ type: 'phase.ready', detail: { missing: ['IdeaSpec: no agent made it'] } }]);
  });

  it('does not hand on what does not fit its schema, and the gate fails by its name', async () => {
    await open({ agents: agents('a') });
    await plan(deps, where());
    await finish('a', { IdeaSpec: { title: 7 } });
    await aggregateRound(deps, where());
    expect(await listArtifacts(tables.table, 'r1')).toEqual([]);
    expect((await getAttempt(tables.table, 'r1', 'intake', 1))?.refused?.[0]).toMatch(/^IdeaSpec: title: /);
    expect(await gate(deps, where())).toMatchObject({ verdict: 'failed' });
    const row = await getRow<OutboxRow>(tables.table, outboxKey('r1', 'gate.intake.1'));
    expect(row?.events).toMatchObject([{ type: 'phase.gate.failed' }]);
    expect(JSON.stringify(row?.entries)).toContain('not made: IdeaSpec: title');
  });

  it('leaves out what a lost task would have made, and names it', async () => {
    await open({ mode: { kind: 'parallel' }, agents: agents('a', 'b') });
    await plan(deps, where());
    await finish('a', {});
    await setAside(tables.table, await rowOf('b'), [], { id: 'aside', at: at(3) });
    await aggregateRound(deps, where());
    const row = await getRow<OutboxRow>(tables.table, outboxKey('r1', 'round.intake#01#001'));
    expect(row?.events).toMatchObject([{ detail: { setAside: ['b'] } }]);
  });

  it('goes on with rounds until all who decide say done, carrying the last result', async () => {
    await open({ mode: { kind: 'iterative', maxRounds: 5 }, agents: agents('a') });
    await plan(deps, where());
    await finish('a', { IdeaSpec: { n: 1 } }, { done: false });
    expect(await aggregateRound(deps, where())).toMatchObject({ round: 2, next: 'round' });
    expect(await listArtifacts(tables.table, 'r1')).toEqual([]);
    await plan(deps, where({ round: 2 }));
    expect(await contentsOf((await rowOf('a', 2)).previous)).toEqual({ IdeaSpec: { n: 1 } });
    await finish('a', { IdeaSpec: { n: 2 } }, { done: true, round: 2 });
    expect(await aggregateRound(deps, where({ round: 2 }))).toMatchObject({ round: 3, next: 'gate' });
  });

  it('begins no further round when the attempt has used up its wall time, and says so once', async () => {
    await open({ mode: { kind: 'iterative', maxRounds: 9 }, agents: agents('a') });
    await plan(deps, where());
    await finish('a', {}, { done: false });
    const late = { ...deps, now: () => at(small.budget.wallMinutes * 60 + 30) };
    expect(await aggregateRound(late, where())).toMatchObject({ next: 'gate' });
    await aggregateRound(late, where());
    const told = await getRow<OutboxRow>(tables.table, outboxKey('r1', 'round.intake#01#001'));
    expect(told?.events?.filter(({ type }) => type === 'phase.timeout')).toMatchObject([
      { phase: 'intake', detail: { attempt: 1, round: 1, wallMinutes: small.budget.wallMinutes } },
    ]);
    expect(told?.entries?.[0]).toMatchObject({ kind: 'decision', body: { decided: 'out of time' } });
  });

  it('stops at the most rounds though nobody is done', async () => {
    await open({ mode: { kind: 'iterative', maxRounds: 1 }, agents: agents('a') });
    await plan(deps, where());
    await finish('a', {}, { done: false });
    expect(await aggregateRound(deps, where())).toMatchObject({ next: 'gate' });
  });
});

describe('gate', () => {
  it('keeps its report, answers the same again, and says what was made by whom', async () => {
    await open({ agents: agents('a'), gate: { ...small.gate, weights: { grounding: 1 }, minimum: 0 } });
    await plan(deps, where());
    await finish('a', { IdeaSpec: { title: 7 } });
    await aggregateRound(deps, where());
    const first = await gate(deps, where());
    expect(await gate({ ...deps, now: () => at(88) }, where())).toEqual(first);
    const attempt = await getAttempt(tables.table, 'r1', 'intake', 1);
    expect(attempt).toMatchObject({ status: 'gated', verdict: first.verdict, endedAt: at(1) });
    const report = JSON.parse((await getText(tables.bucket, attempt?.report?.key ?? '')) ?? 'null');
    expect(report).toMatchObject({ verdict: first.verdict, minimum: 0 });
  });
});

describe('an artifact handed on', () => {
  it('is an envelope under its own hash', async () => {
    await open({ agents: agents('a'), makes: ['Parts'] });
    await plan(deps, where());
    await finish('a', { Parts: { list: [1] } }, { drafts: 'Parts' });
    await aggregateRound(deps, where());
    const [row] = await listArtifacts(tables.table, 'r1');
    if (row === undefined) throw new Error('nothing was handed on');
    expect(await getEnvelope(tables.bucket, 'r1', row)).toEqual({
      type: 'Parts',
      schemaVersion: 1,
      madeBy: { phase: 'intake', agents: ['a'], provider: 'offline', model: 'extractive-1' },
      content: { list: [1] },
    });
    await expect(getEnvelope(tables.bucket, 'r1', { ...row, sha256: 'f'.repeat(64) })).rejects.toThrow(/is gone/);
  });

  it('names the model only where it drafted some of the artifact', async () => {
    await open({
      mode: { kind: 'parallel' },

      agents: agents('a', 'b'),
      makes: ['Drafted', 'Derived'],
    });
    await plan(deps, where());
    await finish('a', { Drafted: { list: [1] }, Derived: { list: [2] } }, { drafts: 'Drafted' });
    await finish('b', { Derived: { more: [3] } }, { drafts: 'Other' });
    await aggregateRound(deps, where());
    const made = await Promise.all(
      (await listArtifacts(tables.table, 'r1')).map((row) => getEnvelope(tables.bucket, 'r1', row)),
    );
    expect(made.map(({ type, madeBy }) => [type, madeBy.provider, madeBy.model])).toEqual([
      ['Derived', null, null],
      ['Drafted', 'offline', 'extractive-1'],
    ]);
  });
});
