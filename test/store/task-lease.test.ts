// The lease of a task:
//   1. planned work is claimed once; the second message of the same try is refused
//   2. every claim raises the epoch, and a write under an older one is refused
//   3. a live claim is not taken, a stale one is, and so is one whose token has died
//   4. a message of an older try never claims
//   5. reservations of a dead holder are charged where money was at stake, else given back

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CLAIMED } from '../../store/keys.ts';
import { queryIndex } from '../../store/table.ts';
import { beat, type Claim, claimTask, continueLater, release } from '../../store/task-lease.ts';
import { failTask, retryTask } from '../../store/task-outcome.ts';
import { getTask, planTask, type TaskRow } from '../../store/task-row.ts';
import { reserve, settle } from '../../store/task-spending.ts';
import { at, openTables, type Tables } from './tables.ts';
import { plannedTask } from './tasks.ts';

let tables: Tables;
const task = plannedTask();

beforeEach(async () => {
  tables = await openTables();
  await planTask(tables.table, task, at(0));
});
afterEach(() => tables.world.close());

const seen = async (): Promise<TaskRow> => (await getTask(tables.table, task)) as TaskRow;
const claimAt = async (seconds: number, change: Partial<Claim> = {}) =>
  claimTask(tables.table, await seen(), {
    token: 'token-1',
    try: 1,
    owner: 'worker-1',
    at: at(seconds),
    takeOver: false,
    ...change,
  });

describe('claimTask', () => {
  it('claims planned work, and puts it into the index by its heartbeat', async () => {
    const row = await claimAt(1);
    expect(row).toMatchObject({ status: 'claimed', epoch: 1, try: 1, heartbeatAt: at(1), startedAt: at(1) });
    const held = await queryIndex<TaskRow>(tables.table, CLAIMED, `${at(1)}~`);
    expect(held.map((one) => one.task)).toEqual(['constraints']);
    expect(await queryIndex(tables.table, CLAIMED, at(0))).toEqual([]);
  });

  it('lets one of a hundred duplicates through', async () => {
    const row = await seen();
    const claims = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        claimTask(tables.table, row, { token: 'token-1', try: 1, owner: `w${n}`, at: at(1), takeOver: false }),
      ),
    );
    expect(claims.filter((one) => one !== undefined)).toHaveLength(1);
  });

  it('leaves a live claim to its holder, also for a message that read the row just now', async () => {
    await claimAt(1);
    expect(await claimAt(2)).toBeUndefined();
    expect(await claimAt(180)).toBeUndefined();
  });

  it('takes a claim that is three beats old', async () => {
    await claimAt(1);
    expect(await claimAt(181)).toMatchObject({ epoch: 2, heartbeatAt: at(181), startedAt: at(1) });
  });

  it('takes a live claim under another token when told that its own is the living one', async () => {
    await claimAt(1);
    expect(await claimAt(2, { token: 'token-1', takeOver: true })).toBeUndefined();
    expect(await claimAt(2, { token: 'token-2', takeOver: true })).toMatchObject({ epoch: 2, token: 'token-2' });
  });

  it('refuses a message of an older try, and takes one of a newer try', async () => {
    const row = await claimAt(1);
    const failure = { try: 1, code: 'IdeaMine.Transient', cause: '', at: at(2) };
    await failTask(tables.table, { name: task, epoch: row?.epoch ?? 0 }, failure);
    const retry = { delaySeconds: 0, strict: false, move: {}, failures: [failure] };
    await retryTask(tables.table, await seen(), retry, { id: 'retry', at: at(3) });
    expect(await claimAt(4, { try: 1 })).toBeUndefined();
    expect(await claimAt(4, { try: 2 })).toMatchObject({ status: 'claimed', try: 2 });
  });

  it('charges what a dead holder had reserved where money was at stake', async () => {
    const row = await claimAt(1);
    await reserve(tables.table, { name: task, epoch: row?.epoch ?? 0 }, { tokens: 100, usdMicros: 40 });
    expect(await claimAt(300)).toMatchObject({
      spentTokens: 100,
      spentUsdMicros: 40,
      freeTokens: 900,
      freeUsdMicros: 460,
      reservedTokens: 0,
      reservedUsdMicros: 0,
    });
  });

  it('gives back what a dead holder had reserved where no money was at stake', async () => {
    const row = await claimAt(1);
    await reserve(tables.table, { name: task, epoch: row?.epoch ?? 0 }, { tokens: 100, usdMicros: 0 });
    expect(await claimAt(300)).toMatchObject({ spentTokens: 0, freeTokens: 1000, reservedTokens: 0 });
  });
});

describe('a claim under its epoch', () => {
  it('beats, and is refused once another has claimed', async () => {
    const first = { name: task, epoch: (await claimAt(1))?.epoch ?? 0 };
    expect(await beat(tables.table, first, at(61), 0.5)).toBe(true);
    expect(await seen()).toMatchObject({ heartbeatAt: at(61), progress: 0.5 });
    await claimAt(300);
    expect(await beat(tables.table, first, at(301), null)).toBe(false);
    expect(await seen()).toMatchObject({ heartbeatAt: at(300), progress: 0.5 });
  });

  it('is given back for a fresh invocation, out of the index, counted, and claimable by the same try', async () => {
    const lease = { name: task, epoch: (await claimAt(1))?.epoch ?? 0 };
    expect(await continueLater(tables.table, lease)).toMatchObject({ status: 'continuing', continuation: 1 });
    expect(await queryIndex(tables.table, CLAIMED, '9999')).toEqual([]);
    expect(await continueLater(tables.table, lease)).toBeUndefined();
    expect(await claimAt(2)).toMatchObject({ status: 'claimed', epoch: 2, continuation: 1 });
  });

  it('is let go when Step Functions no longer waits', async () => {
    const lease = { name: task, epoch: (await claimAt(1))?.epoch ?? 0 };
    await release(tables.table, lease);
    const row = await seen();
    expect(row.status).toBe('planned');
    expect(row.token).toBeUndefined();
    expect(await release(tables.table, lease)).toBeUndefined();
  });
});

describe('reserve and settle', () => {
  it('never lets spent and reserved pass the share', async () => {
    const lease = { name: task, epoch: (await claimAt(1))?.epoch ?? 0 };
    expect(await reserve(tables.table, lease, { tokens: 600, usdMicros: 300 })).toBeDefined();
    expect(await reserve(tables.table, lease, { tokens: 600, usdMicros: 0 })).toBeUndefined();
    expect(await reserve(tables.table, lease, { tokens: 0, usdMicros: 201 })).toBeUndefined();
    expect(await reserve(tables.table, lease, { tokens: 400, usdMicros: 200 })).toBeDefined();
    await settle(tables.table, lease, { tokens: 600, usdMicros: 300 }, { tokens: 150, usdMicros: 70 });
    const row = await settle(tables.table, lease, { tokens: 400, usdMicros: 200 }, { tokens: 400, usdMicros: 200 });
    expect(row).toMatchObject({ spentTokens: 550, spentUsdMicros: 270, freeTokens: 450, freeUsdMicros: 230 });
    expect(row).toMatchObject({ reservedTokens: 0, reservedUsdMicros: 0, modelCalls: 2 });
  });

  it('settles a reservation once, also when its reply is lost and it is said again', async () => {
    const lease = { name: task, epoch: (await claimAt(1))?.epoch ?? 0 };
    const worst = { tokens: 600, usdMicros: 300 };
    await reserve(tables.table, lease, worst);
    const settled = await settle(tables.table, lease, worst, { tokens: 150, usdMicros: 70 });
    expect(await settle(tables.table, lease, worst, { tokens: 150, usdMicros: 70 })).toBeUndefined();
    expect(await seen()).toEqual(settled);
  });

  it('is refused without the lease', async () => {
    const lease = { name: task, epoch: (await claimAt(1))?.epoch ?? 0 };
    await claimAt(300);
    expect(await reserve(tables.table, lease, { tokens: 1, usdMicros: 0 })).toBeUndefined();
    expect(await settle(tables.table, lease, { tokens: 0, usdMicros: 0 }, { tokens: 1, usdMicros: 0 })).toBeUndefined();
  });
});
