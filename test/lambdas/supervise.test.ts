// The supervisor: class of the error -> next move; asked twice it answers the same; a committed task is done.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TaskItem } from '../../lambdas/messages.ts';
import { cachedPipelines } from '../../lambdas/pinned.ts';
import { WORKER_LOST } from '../../lambdas/supervise/move.ts';
import { supervise } from '../../lambdas/supervise/supervise.ts';
import { outboxKey } from '../../store/keys.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { commitStep, startStep } from '../../store/steps.ts';
import { getRow } from '../../store/table.ts';
import { claimTask, type Lease } from '../../store/task-lease.ts';
import { commitTask, failTask } from '../../store/task-outcome.ts';
import { getTask, planTask, type TaskRow } from '../../store/task-row.ts';
import { at, openTables, START, type Tables } from '../store/tables.ts';
import { plannedTask } from '../store/tasks.ts';
import { openSmallRun, smallPipeline } from './small-run.ts';

let tables: Tables;
const task = plannedTask();

beforeEach(async () => {
  tables = await openTables();
  await openSmallRun(tables);
  await planTask(tables.table, task, START);
});
afterEach(() => tables.world.close());

const seen = async (): Promise<TaskRow> => (await getTask(tables.table, task)) as TaskRow;
const item = (tryNumber: number): TaskItem => ({
  runId: 'r1',
  phase: 'intake',
  attempt: 1,
  round: 1,
  wave: 1,
  task: 'constraints',
  try: tryNumber,
  workerClass: 'models',
  timeoutSeconds: 900,
  heartbeatSeconds: 450,
});
const ask = (tryNumber: number, code: string, cause = '') =>
  supervise(
    { table: tables.table, pipelines: cachedPipelines(tables.bucket), now: () => at(9) },
    { state: { ...item(tryNumber), error: { Error: code, Cause: cause } } },
  );
const claim = async (): Promise<Lease> => {
  const row = await seen();
  const claimed = await claimTask(tables.table, row, {
    token: 't',
    try: row.try,
    owner: 'w',
    at: at(1),
    takeOver: false,
  });
  return { name: task, epoch: claimed?.epoch ?? 0 };
};
const outbox = (id: string) => getRow<OutboxRow>(tables.table, outboxKey('r1', id));

describe('supervise', () => {
  it('tries a transient error again after a delay, and says so', async () => {
    const answer = await ask(1, 'IdeaMine.Transient', 'a fault');
    expect(answer).toMatchObject({ ...item(2), next: 'retry' });
    expect(await seen()).toMatchObject({ status: 'planned', try: 2, failures: [{ try: 1, cause: 'a fault' }] });
    const row = await outbox('retry.intake#01#001#001#constraints.1');
    expect(row?.events).toMatchObject([{ type: 'task.retry', detail: { try: 2, after: 'IdeaMine.Transient' } }]);
    expect(row?.entries).toMatchObject([{ kind: 'task', body: { outcome: 'retried' } }]);
  });

  it('answers the same when it is asked again, also after the next claim', async () => {
    const first = await ask(1, 'IdeaMine.Transient');
    expect(await ask(1, 'IdeaMine.Transient')).toEqual(first);
    await claim();
    expect(await ask(1, 'IdeaMine.Transient')).toEqual(first);
    expect((await seen()).try).toBe(2);
  });

  it('draws the same jitter for the same try', async () => {
    const first = (await ask(1, 'IdeaMine.RateLimit')).delaySeconds;
    await tables.world.close();
    tables = await openTables();
    await openSmallRun(tables);
    await planTask(tables.table, task, START);
    expect((await ask(1, 'IdeaMine.RateLimit')).delaySeconds).toBe(first);
  });

  it('takes the failure its worker recorded over the one Step Functions saw', async () => {
    await failTask(tables.table, await claim(), { try: 1, code: 'IdeaMine.Budget', cause: 'too dear', at: at(2) });
    expect(await ask(1, 'States.Timeout')).toMatchObject({ next: 'failed', try: 1 });
    expect((await seen()).failures).toHaveLength(1);
  });

  it('never tries again what cannot get better, and keeps its whole history', async () => {
    expect(await ask(1, 'IdeaMine.BadInput', 'no list')).toMatchObject({ next: 'failed' });
    expect(await seen()).toMatchObject({ status: 'set-aside', failures: [{ code: 'IdeaMine.BadInput' }] });
    expect(await ask(1, 'IdeaMine.BadInput')).toMatchObject({ next: 'failed' });
    expect((await outbox('set-aside.intake#01#001#001#constraints.1'))?.events).toMatchObject([
      { type: 'phase.error' },
    ]);
  });

  it("sets aside when the phase's attempts are used", async () => {
    expect((await ask(1, 'IdeaMine.Transient')).next).toBe('retry');
    expect((await ask(2, 'IdeaMine.Transient')).next).toBe('retry');
    expect((await ask(3, 'IdeaMine.Transient')).next).toBe('failed');
    expect((await seen()).failures).toHaveLength(3);
  });

  it('asks for a stricter prompt after an ungrounded answer', async () => {
    await ask(1, 'IdeaMine.Ungrounded');
    expect(await seen()).toMatchObject({ strict: true, try: 2, move: { how: 'stricter' } });
    expect((await outbox('retry.intake#01#001#001#constraints.1'))?.entries).toMatchObject([
      { body: { how: 'stricter', strict: true } },
    ]);
    await ask(2, 'IdeaMine.Ungrounded');
    expect(await seen()).toMatchObject({ strict: true, try: 3, move: { how: 'retry' } });
  });

  it('asks once more for an answer of the wrong shape, and repairs none itself: each attempt has done so', async () => {
    expect(await ask(1, 'IdeaMine.Schema')).toMatchObject({ next: 'retry', try: 2 });
    expect(await ask(2, 'IdeaMine.Schema')).toMatchObject({ next: 'failed' });
    expect((await outbox('set-aside.intake#01#001#001#constraints.2'))?.entries).toMatchObject([
      { body: { reason: expect.stringContaining('repair failed too') } },
    ]);
  });

  it('hands a task out again at once when its worker is known to be dead, without counting it', async () => {
    for (let n = 1; n <= 6; n += 1) expect(await ask(n, WORKER_LOST)).toMatchObject({ next: 'retry', delaySeconds: 0 });
    expect((await ask(7, 'IdeaMine.Transient')).next).toBe('retry');
    expect((await ask(8, 'IdeaMine.Transient')).next).toBe('retry');
    expect((await ask(9, 'IdeaMine.Transient')).next).toBe('failed');
  });

  it('says done of a task that was committed though its signal was lost', async () => {
    const result = { sha256: 'b'.repeat(64), bytes: 2 };
    await commitTask(tables.table, await claim(), { at: at(2), result, done: null }, { id: 'c', at: at(2) });
    expect(await ask(1, 'States.HeartbeatTimeout')).toMatchObject({ next: 'done' });
    expect((await seen()).status).toBe('committed');
  });

  it('fences off the worker whose try timed out while it lives', async () => {
    const lease = await claim();
    await ask(1, 'States.HeartbeatTimeout');
    const result = { sha256: 'b'.repeat(64), bytes: 2 };
    const change = { at: at(20), result, done: null };
    expect(await commitTask(tables.table, lease, change, { id: 'late', at: at(20) })).toBe(false);
  });
});

describe('a task that stalled or hardly got on', () => {
  const shard = { index: 0, count: 1, over: 'UserStories.stories', start: 0, end: 8 };
  const two = {
    ...smallPipeline,
    models: { ...smallPipeline.models, strong: { provider: 'offline', model: 'other' } },
    phases: smallPipeline.phases.map((phase) => ({
      ...phase,
      agents: [...phase.agents, { id: 'constraints', tier: 'standard', tools: [] }],
      retry: { attempts: 9, baseMs: 1000 },
    })),
  };
  beforeEach(async () => {
    await tables.world.close();
    tables = await openTables();
    await openSmallRun(tables, two);
    await planTask(tables.table, plannedTask({ shard }), START);
  });

  it('works on smaller batches, then with another model, then by a stricter prompt', async () => {
    const hows: unknown[] = [];
    for (const tried of [1, 2, 3, 4]) {
      expect(await ask(tried, 'IdeaMine.Plateau')).toMatchObject({ next: 'retry' });
      const { batchSize, rung, strict, move } = await seen();
      hows.push([(move as { how: string }).how, batchSize, rung, strict]);
    }
    expect(hows).toEqual([
      ['smaller-batch', 4, undefined, false],
      ['alternate-model', 4, 1, false],
      ['stricter', 4, 1, true],
      ['retry', 4, 1, true],
    ]);
  });

  it('after a stall works on smaller batches, down to one item, unless it had finished a step', async () => {
    for (const [tried, batchSize] of [
      [1, 4],
      [2, 2],
      [3, 1],
      [4, 1],
    ] as const) {
      await ask(tried, 'IdeaMine.Stalled');
      expect(await seen()).toMatchObject({ batchSize });
    }
    expect((await outbox('retry.intake#01#001#001#constraints.1'))?.events).toMatchObject([
      {
        type: 'task.retry',
        detail: { how: 'smaller-batch', batchSize: 4, because: expect.stringContaining('Stalled') },
      },
    ]);
  });

  it('after a stall keeps its batch when steps of it are finished: nothing that was paid for is done again', async () => {
    const lease = await claim();
    await startStep(tables.table, lease, 'plain', 'one');
    await commitStep(tables.table, tables.bucket, lease, 'plain', { name: 'one', seq: 1, value: 1 }, at(2));
    await ask(1, 'IdeaMine.Stalled');
    expect((await seen()).batchSize).toBeUndefined();
    expect(await seen()).toMatchObject({ try: 2, move: { how: 'retry' } });
  });

  it('waits as long as the other side asked, where it is a rate limit', async () => {
    const failure = { try: 1, code: 'IdeaMine.RateLimit', cause: '', at: at(2), retryAfterMs: 120_000 };
    await failTask(tables.table, await claim(), failure);
    expect((await ask(1, 'IdeaMine.RateLimit')).delaySeconds).toBe(120);
  });
});
