// How a try ends:
//   1. result and outbox entry are one transaction, only under the lease
//   2. the token stays in the row, and the row in the index, until Step Functions was told
//   3. a silent claim is taken as it was seen, not when it has beaten meanwhile
//   4. a committed task is never retried, failed, superseded or set aside
//   5. a retry fences off whoever still holds the last try

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CLAIMED, outboxKey } from '../../store/keys.ts';
import { getRow, queryIndex } from '../../store/table.ts';
import { beat, claimTask, type Lease } from '../../store/task-lease.ts';
import {
  commitTask,
  failTask,
  retryTask,
  reviveTask,
  setAside,
  supersedeTask,
  told,
} from '../../store/task-outcome.ts';
import { getTask, planTask, type TaskFailure, type TaskRow } from '../../store/task-row.ts';
import { at, openTables, type Tables } from './tables.ts';
import { plannedTask } from './tasks.ts';

let tables: Tables;
let lease: Lease;
const task = plannedTask();
const failure: TaskFailure = { try: 1, code: 'IdeaMine.Transient', cause: 'a fault', at: at(5) };
const result = { sha256: 'b'.repeat(64), bytes: 2 };

beforeEach(async () => {
  tables = await openTables();
  await planTask(tables.table, task, at(0));
  lease = { name: task, epoch: (await claim(1))?.epoch ?? 0 };
});
afterEach(() => tables.world.close());

const seen = async (): Promise<TaskRow> => (await getTask(tables.table, task)) as TaskRow;
const claim = async (seconds: number, tryNumber = 1) =>
  claimTask(tables.table, await seen(), { token: 't', try: tryNumber, owner: 'w', at: at(seconds), takeOver: false });
const commit = (under: Lease = lease) =>
  commitTask(tables.table, under, { at: at(5), result, done: null }, { id: 'task', at: at(5) });
const outbox = (id: string) => getRow(tables.table, outboxKey('r1', id));
const held = () => queryIndex<TaskRow>(tables.table, CLAIMED, '9999');
const retry = async () =>
  retryTask(
    tables.table,
    await seen(),
    { delaySeconds: 3, strict: true, move: { how: 'retry' }, failures: [failure] },
    { id: 'retry', at: at(6) },
  );

describe('commitTask', () => {
  it('writes the result with what it has to tell, once', async () => {
    expect(await commit()).toBe(true);
    expect(await seen()).toMatchObject({ status: 'committed', result, committedAt: at(5), token: 't' });
    expect(await outbox('task')).toMatchObject({ runId: 'r1', id: 'task' });
    expect(await commit()).toBe(false);
  });

  it('changes nothing and tells nothing when the lease is lost', async () => {
    await claim(300);
    expect(await commit()).toBe(false);
    expect((await seen()).status).toBe('claimed');
    expect(await outbox('task')).toBeUndefined();
  });

  it('is refused when its outbox entry exists', async () => {
    await supersedeTask(tables.table, await seen(), failure, { id: 'task', at: at(4) });
    await retry();
    const next = { name: task, epoch: (await claim(10, 2))?.epoch ?? 0 };
    expect(await commit(next)).toBe(false);
  });

  it('stays in the index with its token until Step Functions was told', async () => {
    await commit();
    expect(await held()).toHaveLength(1);
    await told(tables.table, await seen());
    expect(await held()).toEqual([]);
    expect((await seen()).token).toBeUndefined();
    expect(await told(tables.table, await seen())).toBeDefined();
  });
});

describe('told', () => {
  it('leaves a newer claim its token', async () => {
    await failTask(tables.table, lease, failure);
    const before = await seen();
    await retry();
    await claim(10, 2);
    expect(await told(tables.table, before)).toBeUndefined();
    expect((await seen()).token).toBe('t');
  });
});

describe('failTask', () => {
  it('records the failure under the lease only', async () => {
    expect(await failTask(tables.table, lease, failure)).toBe(true);
    expect(await getTask(tables.table, task)).toMatchObject({ status: 'failed', failures: [failure] });
    expect(await failTask(tables.table, lease, failure)).toBe(false);
  });

  it('never undoes a commit', async () => {
    await commit();
    expect(await failTask(tables.table, lease, failure)).toBe(false);
    expect((await seen()).status).toBe('committed');
  });
});

describe('supersedeTask', () => {
  it('takes a silent claim and says so', async () => {
    expect(await supersedeTask(tables.table, await seen(), failure, { id: 's', at: at(6) })).toBe(true);
    expect(await seen()).toMatchObject({ status: 'superseded', failures: [failure], token: 't' });
    expect(await outbox('s')).toBeDefined();
    expect(await commit()).toBe(false);
    expect(await beat(tables.table, lease, at(7), null)).toBe(false);
  });

  it('is refused by one more beat', async () => {
    const before = await seen();
    await beat(tables.table, lease, at(60), null);
    expect(await supersedeTask(tables.table, before, failure, { id: 's', at: at(61) })).toBe(false);
    expect(await commit()).toBe(true);
  });

  it('is refused after the commit', async () => {
    const before = await seen();
    await commit();
    expect(await supersedeTask(tables.table, before, failure, { id: 's', at: at(61) })).toBe(false);
  });
});

describe('retryTask', () => {
  it('plans the next try and fences off the holder of the last', async () => {
    expect(await retry()).toBe(true);
    expect(await seen()).toMatchObject({
      status: 'planned',
      try: 2,
      strict: true,
      delaySeconds: 3,
      failures: [failure],
    });
    expect(await held()).toEqual([]);
    expect(await commit()).toBe(false);
    expect(await beat(tables.table, lease, at(7), null)).toBe(false);
  });

  it('is one retry when it is decided twice', async () => {
    const before = await seen();
    const again = { delaySeconds: 3, strict: false, move: {}, failures: [failure] };
    expect(await retryTask(tables.table, before, again, { id: 'a', at: at(6) })).toBe(true);
    expect(await retryTask(tables.table, before, again, { id: 'b', at: at(6) })).toBe(false);
    expect((await seen()).try).toBe(2);
    expect(await outbox('b')).toBeUndefined();
  });

  it('leaves a committed task alone', async () => {
    await commit();
    expect(await retry()).toBe(false);
    expect((await seen()).status).toBe('committed');
  });
});

describe('setAside', () => {
  const aside = async () => setAside(tables.table, await seen(), [failure], { id: 'q', at: at(6) });

  it('keeps the history and fences off the holder', async () => {
    expect(await aside()).toBe(true);
    expect(await seen()).toMatchObject({ status: 'set-aside', failures: [failure] });
    expect(await commit()).toBe(false);
    expect(await claim(300)).toBeUndefined();
  });

  it('leaves a committed task alone', async () => {
    await commit();
    expect(await aside()).toBe(false);
  });

  it('is taken up again by a resumed run, its failures on record but no longer counted', async () => {
    await aside();
    const before = await seen();
    expect(await reviveTask(tables.table, before)).toMatchObject({ status: 'planned', try: 2, pardoned: 1 });
    expect(await reviveTask(tables.table, before)).toBeUndefined();
  });
});

describe('planTask', () => {
  it('leaves a task that exists as it is', async () => {
    await commit();
    expect(await planTask(tables.table, task, at(9))).toBe(false);
    expect((await seen()).status).toBe('committed');
  });
});
