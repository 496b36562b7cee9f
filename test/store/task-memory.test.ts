// What a task remembers of itself: steps, checkpoint, effects. Nothing is remembered under a lease that is lost.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadCheckpoint, saveCheckpoint } from '../../store/checkpoints.ts';
import { getEffect, intendEffect, recordEffect } from '../../store/effects.ts';
import { commitStep, loadSteps, startStep } from '../../store/steps.ts';
import { claimTask, type Lease } from '../../store/task-lease.ts';
import { getTask, planTask, type TaskRow } from '../../store/task-row.ts';
import { at, openTables, type Tables } from './tables.ts';
import { plannedTask } from './tasks.ts';

let tables: Tables;
let lost: Lease;
let held: Lease;
const task = plannedTask();

const claim = async (seconds: number): Promise<Lease> => {
  const seen = (await getTask(tables.table, task)) as TaskRow;
  const row = await claimTask(tables.table, seen, { token: 't', try: 1, owner: 'w', at: at(seconds), takeOver: false });
  return { name: task, epoch: row?.epoch ?? 0 };
};

beforeEach(async () => {
  tables = await openTables();
  await planTask(tables.table, task, at(0));
  lost = await claim(1);
  held = await claim(300);
});
afterEach(() => tables.world.close());

const start = (lease: Lease, name: string, variant = 'plain') => startStep(tables.table, lease, variant, name);
const finish = (lease: Lease, name: string, seq: number, variant = 'plain') =>
  commitStep(tables.table, tables.bucket, lease, variant, { name, seq, value: { seq } }, at(301));
const step = async (lease: Lease, name: string, seq: number, variant = 'plain') => {
  await start(lease, name, variant);
  return finish(lease, name, seq, variant);
};
const steps = async (variant = 'plain') =>
  (await loadSteps(tables.table, tables.bucket, task, variant)).map(({ name, seq }) => `${seq} ${name}`);

describe('a step', () => {
  it('is started and finished under the lease only', async () => {
    expect(await start(lost, 'a')).toBe(false);
    expect(await start(held, 'a')).toBe(true);
    expect(await finish(lost, 'a', 1)).toBeUndefined();
    expect(await steps()).toEqual([]);
  });

  it('is finished once, after which it is not started again', async () => {
    expect(await finish(held, 'a', 1)).toBeUndefined();
    expect(await step(held, 'a', 1)).toBe(1);
    expect(await finish(held, 'a', 2)).toBeUndefined();
    expect(await start(held, 'a')).toBe(false);
    expect(await steps()).toEqual(['1 a']);
  });

  it('counts the starts that were cut off before it was finished', async () => {
    await start(held, 'a');
    await start(held, 'a');
    expect(await steps()).toEqual([]);
    expect(await step(held, 'a', 1)).toBe(3);
    const [only] = await loadSteps(tables.table, tables.bucket, task, 'plain');
    expect(only?.runs).toBe(3);
  });

  it('is found in order of finishing, apart from those of a stricter retry', async () => {
    await step(held, 'z', 1);
    await step(held, 'a', 2);
    await step(held, 'z', 1, 'strict');
    expect(await steps()).toEqual(['1 z', '2 a']);
    expect(await steps('strict')).toEqual(['1 z']);
  });
});

describe('a checkpoint', () => {
  const save = (lease: Lease, data: string) =>
    saveCheckpoint(tables.table, tables.bucket, lease, data, at(301), at(400));
  const loaded = () => loadCheckpoint(tables.table, tables.bucket, task);

  it('is the last one saved, under the lease only', async () => {
    expect(await loaded()).toBeUndefined();
    expect(await save(held, 'one')).toBe(true);
    expect(await save(held, 'two')).toBe(true);
    expect(await save(lost, 'late')).toBe(false);
    expect(await loaded()).toBe('two');
  });
});

describe('an effect', () => {
  const intend = (lease: Lease) => intendEffect(tables.table, lease, 'post', 'k', at(301));

  it('is intended once, under the lease only', async () => {
    expect(await intend(lost)).toBe(false);
    expect(await getEffect(tables.table, task, 'post')).toBeUndefined();
    expect(await intend(held)).toBe(true);
    expect(await intend(held)).toBe(false);
  });

  it('is recorded once, and only after its intent', async () => {
    const record = (result: string) => recordEffect(tables.table, task, 'post', result, at(302));
    expect(await record('early')).toBe(false);
    await intend(held);
    expect(await record('first')).toBe(true);
    expect(await record('second')).toBe(false);
    expect(await getEffect(tables.table, task, 'post')).toMatchObject({ status: 'done', result: 'first', key: 'k' });
  });
});
