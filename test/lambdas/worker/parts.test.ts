// The worker's parts seen from an agent: steps, checkpoints, effects, model calls, pace, tools.

import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { AgentContext } from '../../../agents/sdk/context.ts';
import { safeCause } from '../../../lambdas/worker/cause.ts';
import { parseWork } from '../../../lambdas/worker/message.ts';
import { createSaves } from '../../../lambdas/worker/saves.ts';
import { intendEffect } from '../../../store/effects.ts';
import { smallPipeline } from '../small-run.ts';
import { type Bench, gate, INVOCATION_MS, openBench, pricedProvider } from './bench.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.tables.world.close();
  bench = undefined;
});

const result = { artifacts: {} };
const failureOf = async (): Promise<string> => (await bench?.row())?.failures.at(-1)?.code ?? 'none';
const request = { artifact: 'IdeaSpec' as const, instructions: 'what is it', sources: ['Idea' as const] };
const draft = (ctx: AgentContext) => ctx.model.draft({ ...request, schema: z.object({ text: z.string() }) });

describe('step', () => {
  it('gives the agent a copy, as a resumed task would get it', async () => {
    const seen: unknown[] = [];
    bench = await openBench({
      async run(ctx) {
        const value: { list: number[]; gone?: undefined } = { list: [1], gone: undefined };
        const got = await ctx.step('one', () => value);
        value.list.push(2);
        seen.push(got);
        return result;
      },
    });
    await bench.deliver();
    expect(seen).toEqual([{ list: [1] }]);
  });

  it('refuses a name that is used twice', async () => {
    bench = await openBench({
      async run(ctx) {
        await ctx.step('one', () => 1);
        await ctx.step('one', () => 2);
        return result;
      },
    });
    await bench.deliver();
    expect(await failureOf()).toBe('IdeaMine.AgentBroken');
  });

  it('keeps what is too large for a row in the bucket, and finds it again', async () => {
    const large = 'x'.repeat(300 * 1024);
    const lengths: number[] = [];
    const never = gate();
    let made = 0;
    bench = await openBench({
      async run(ctx) {
        const value = await ctx.step('large', () => {
          made += 1;
          return large;
        });
        lengths.push(value.length);
        if (lengths.length === 1) await never.opened;
        return result;
      },
    });
    const first = bench.deliver();
    await bench.clock.advance(INVOCATION_MS - 60_000);
    await first;
    await bench.deliver(bench.sent[0]);
    expect((await bench.row()).status).toBe('committed');
    expect(lengths).toEqual([large.length, large.length]);
    expect(made).toBe(1);
  });
});

describe('checkpoints', () => {
  it('are saved once in 120 s, and the newest is kept for the end', async () => {
    let now = 0;
    const saved: unknown[] = [];
    const saves = createSaves(
      async (data) => {
        saved.push(data);
      },
      () => now,
    );
    await saves.offer(1);
    now = 119_999;
    await saves.offer(2);
    expect(saved).toEqual([1]);
    expect(saves.unsaved()).toBe(2);
    now = 120_000;
    await saves.offer(3);
    expect(saved).toEqual([1, 3]);
    expect(saves.unsaved()).toBeUndefined();
  });
});

describe('effect', () => {
  it('is done once: a task that comes again gets what was recorded', async () => {
    let done = 0;
    const got: unknown[] = [];
    bench = await openBench({
      async run(ctx) {
        for (let time = 0; time < 2; time += 1) {
          got.push(await ctx.effect('post', { key: 'k1', do: async () => ({ number: ++done }) }));
        }
        return result;
      },
    });
    await bench.deliver();
    expect(done).toBe(1);
    expect(got).toEqual([{ number: 1 }, { number: 1 }]);
  });

  it('whose outcome is not on record is unknown, and is not repeated', async () => {
    let done = 0;
    bench = await openBench({
      async run(ctx) {
        const row = await bench?.row();
        if (row === undefined || bench === undefined) throw new Error('no row');
        await intendEffect(bench.tables.table, { name: row, epoch: row.epoch }, 'post', 'k1', bench.clock.now());
        await ctx.effect('post', { key: 'k1', do: async () => ++done });
        return result;
      },
    });
    await bench.deliver();
    expect(done).toBe(0);
    expect(await failureOf()).toBe('IdeaMine.EffectUnknown');
  });
});

describe('a model call', () => {
  it('is reserved before and settled after', async () => {
    const provider = pricedProvider({ tokens: 100, usdMicros: 60 });
    bench = await openBench({ provider, run: async (ctx) => ({ artifacts: { IdeaSpec: await draft(ctx) } }) });
    await bench.deliver();
    expect(await bench.row()).toMatchObject({
      status: 'committed',
      spentTokens: 40,
      spentUsdMicros: 25,
      reservedTokens: 0,
      reservedUsdMicros: 0,
      freeTokens: 960,
      freeUsdMicros: 475,
      modelCalls: 1,
      model: { provider: 'priced', model: 'm-1' },
    });
  });

  it('that its share does not cover is refused, not made', async () => {
    const provider = pricedProvider({ tokens: 100, usdMicros: 501 });
    bench = await openBench({ provider, run: (ctx) => draft(ctx).then(() => result) });
    await bench.deliver();
    expect(provider.calls).toBe(0);
    expect(await failureOf()).toBe('IdeaMine.Budget');
  });

  it('that fails is charged at its worst, since it may have been billed', async () => {
    const provider = pricedProvider({ tokens: 100, usdMicros: 60 });
    bench = await openBench({
      provider: { ...provider, generate: () => Promise.reject(new Error('cut off')) },
      run: (ctx) => draft(ctx).then(() => result),
    });
    await bench.deliver();
    expect(await bench.row()).toMatchObject({ status: 'failed', spentTokens: 100, spentUsdMicros: 60 });
  });

  it('whose answer does not fit its schema fails as such, and is paid for', async () => {
    const provider = pricedProvider({ tokens: 100, usdMicros: 60 });
    bench = await openBench({
      provider,
      run: (ctx) => ctx.model.draft({ ...request, schema: z.object({ other: z.number() }) }).then(() => result),
    });
    await bench.deliver();
    expect(await failureOf()).toBe('IdeaMine.Schema');
    expect((await bench.row()).spentUsdMicros).toBe(25);
  });
});

describe('who answered', () => {
  it('is known to a task that finds all its steps done by an earlier invocation', async () => {
    const never = gate();
    let runs = 0;
    bench = await openBench({
      provider: pricedProvider({ tokens: 100, usdMicros: 60 }),
      async run(ctx) {
        runs += 1;
        await ctx.step('draft', () => draft(ctx));
        if (runs === 1) await never.opened;
        return result;
      },
    });
    const first = bench.deliver();
    await bench.clock.advance(INVOCATION_MS - 60_000);
    await first;
    await bench.deliver(bench.sent[0]);
    expect(await bench.row()).toMatchObject({
      status: 'committed',
      modelCalls: 1,
      model: { provider: 'priced', model: 'm-1' },
    });
  });
});

describe('pace', () => {
  it('makes the offline provider take its time, with beats, and no longer', async () => {
    const phases = smallPipeline.phases.map((phase) => ({
      ...phase,
      agents: phase.agents.map((agent) => ({ ...agent, paceMs: 600_000 })),
    }));
    const provider = { ...pricedProvider({ tokens: 1, usdMicros: 0 }), id: 'offline' };
    bench = await openBench({
      provider,
      pipeline: { ...smallPipeline, phases },
      run: (ctx) => draft(ctx).then(() => result),
    });
    const done = bench.deliver({}, 900_000);
    await bench.clock.advance(299_000);
    expect((await bench.row()).modelCalls).toBe(0);
    await bench.clock.advance(2_000);
    expect((await bench.row()).modelCalls).toBe(1);
    await bench.clock.advance(298_000);
    expect((await bench.row()).status).toBe('claimed');
    await bench.clock.advance(2_000);
    await done;
    expect((await bench.row()).status).toBe('committed');
    expect(bench.said.filter((line) => line.startsWith('beat')).length).toBeGreaterThan(8);
  });
});

describe('progress', () => {
  it('puts progress into the row with the next beat, and refuses what is no share', async () => {
    const open = gate();
    bench = await openBench({
      async run(ctx) {
        await ctx.progress(0.4);
        await open.opened;
        await ctx.progress(1.5);
        return result;
      },
    });
    const done = bench.deliver();
    await bench.clock.advance(61_000);
    expect((await bench.row()).progress).toBe(0.4);
    open.open();
    await done;
    expect(await failureOf()).toBe('IdeaMine.AgentBroken');
  });
});

describe('parseWork', () => {
  const body = { contract: 1, token: 't', runId: 'r', phase: 'p', attempt: 1, round: 1, wave: 1, task: 'a', try: 1 };

  it('takes a message of this version', () => {
    expect(parseWork(JSON.stringify(body))).toEqual(body);
  });

  it('refuses one of another version by name, to be tried again [safety: version-drift]', () => {
    const parse = () => parseWork(JSON.stringify({ ...body, contract: 2, somethingNew: true }));
    expect(parse).toThrow(expect.objectContaining({ code: 'IdeaMine.UnknownContract', retryable: true }));
    expect(parse).toThrow(/version 2, this worker speaks version 1/);
  });

  it('names what is wrong without showing the token', () => {
    const parse = () => parseWork(JSON.stringify({ ...body, token: 'secret-token', try: 0 }));
    expect(parse).toThrow(/try/);
    expect(parse).not.toThrow(/secret-token/);
    expect(() => parseWork('{')).toThrow(expect.objectContaining({ code: 'IdeaMine.BadMessage' }));
  });
});

describe('safeCause', () => {
  it.each([
    ['key AKIAABCDEFGHIJKLMNOP here', 'AKIAABCDEFGHIJKLMNOP'],
    ['Authorization: Bearer abc.def', 'abc.def'],
    ['token=AAAAKgAAAAIAAAAAAAAAAfP', 'AAAAKgAAAAIAAAAAAAAAAfP'],
    [`got ${'Ab1'.repeat(40)}`, 'Ab1'.repeat(40)],
  ])('takes secrets out of %s [safety: token-leak]', (text, secret) => {
    expect(safeCause(text)).not.toContain(secret);
  });

  it('is short', () => {
    expect(safeCause('word '.repeat(1000))).toHaveLength(500);
  });
});
