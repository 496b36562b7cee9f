// One breaker for all workers: opened by failures of any of them, closed again by trials; rate limits and poor answers do
// not count; a store that fails stops nothing.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { IdeaMineError } from '../../../core/errors.ts';
import { type Breakers, createBreakers } from '../../../lambdas/worker/breakers.ts';
import { getBreaker } from '../../../store/breakers.ts';
import { at, openTables, type Tables } from '../../store/tables.ts';

let tables: Tables;
let seconds: number;
let one: Breakers;
let other: Breakers;
beforeEach(async () => {
  tables = await openTables();
  seconds = 0;
  const now = () => at(seconds);
  one = createBreakers(tables.table, now);
  other = createBreakers(tables.table, now);
});
afterEach(() => tables.world.close());

const NAME = 'tool lint';
const failing = (breakers: Breakers, code = 'IdeaMine.ToolInfrastructure'): Promise<unknown> =>
  breakers.guard(NAME, () => Promise.reject(new IdeaMineError(code, 'no'))).catch((error: IdeaMineError) => error.code);
const working = (breakers: Breakers): Promise<unknown> =>
  breakers.guard(NAME, async () => 'yes').catch((error: IdeaMineError) => error.code);
const version = async (): Promise<number> => (await getBreaker(tables.table, NAME)).version;

describe('a circuit breaker', () => {
  it('opens for every worker after three failures in a row, whoever made them, and nothing is called for 30 s', async () => {
    expect(await failing(one)).toBe('IdeaMine.ToolInfrastructure');
    await failing(other);
    await failing(one);
    let calls = 0;
    const call = async () => {
      calls += 1;
    };
    seconds = 2;
    await expect(other.guard(NAME, call)).rejects.toMatchObject({ code: 'IdeaMine.CircuitOpen', retryable: true });
    expect(calls).toBe(0);
    seconds = 31;
    expect(await working(other)).toBe('yes');
  });

  it('lets one worker make the trial, and closes after two that succeed', async () => {
    for (let n = 0; n < 3; n += 1) await failing(one);
    seconds = 31;
    let answer = (): void => undefined;
    const trial = one.guard(NAME, () => new Promise<void>((resolve) => (answer = resolve)));
    while ((await getBreaker(tables.table, NAME)).breaker.state !== 'half-open') await new Promise(setImmediate);
    expect(await working(other)).toBe('IdeaMine.CircuitOpen');
    answer();
    await trial;
    seconds = 33;
    expect(await working(other)).toBe('yes');
    expect((await getBreaker(tables.table, NAME)).breaker.state).toBe('closed');
  });

  it('is written on failures and changes alone, and read once a second', async () => {
    for (let n = 0; n < 5; n += 1) await working(one);
    expect(await version()).toBe(0);
    await failing(one);
    expect(await version()).toBe(1);
    for (let n = 0; n < 5; n += 1) await working(one);
    expect(await version()).toBe(2);
  });

  it('does not count rate limits, poor answers and empty purses', async () => {
    for (const code of ['IdeaMine.RateLimit', 'IdeaMine.Schema', 'IdeaMine.Ungrounded', 'IdeaMine.Budget']) {
      for (let n = 0; n < 4; n += 1) expect(await failing(one, code)).toBe(code);
    }
    expect(await version()).toBe(0);
  });

  it('that cannot be read or written stops nothing', async () => {
    await tables.world.close();
    expect(await working(one)).toBe('yes');
    expect(await failing(one)).toBe('IdeaMine.ToolInfrastructure');
    tables = await openTables();
  });
});
