// What a model call costs a task: reserved before, settled after; one repair of an answer that does not fit, paid like the
// first call; failed calls charged what they used, the worst case where nobody knows, nothing where they were refused.

import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { FailedCall, type FailedCallOptions, NO_COST } from '../../../agents/models/failed-call.ts';
import type { ModelProvider, ModelRequest, ModelResponse } from '../../../agents/models/provider.ts';
import type { AgentContext } from '../../../agents/sdk/context.ts';
import type { Json } from '../../../core/json.ts';
import { type Bench, openBench } from './bench.ts';

const WORST = { tokens: 200, usdMicros: 100 };
const USED = { tokens: 40, cachedTokens: 30, usdMicros: 25 };
const FITS = { text: 'a tool shed' };

let bench: Bench | undefined;
afterEach(() => bench?.tables.world.close());

const answered = (value: Json): ModelResponse => ({
  value,
  tokens: { input: 30, output: 10, cached: 30 },
  usdMicros: 25,
  provider: 'hosted',
  model: 'm-1',
  prompt: 'a'.repeat(64),
  prices: 'table 1',
});

/** Gives one answer after the other, or throws it. */
function scripted(repairs: boolean, ...answers: readonly (Json | Error)[]) {
  const asked: ModelRequest[] = [];
  const provider: ModelProvider = {
    id: 'hosted',
    repairs,
    worstCase: () => WORST,
    async generate(request) {
      asked.push(request);
      const next = answers[asked.length - 1] as Json | Error;
      if (next instanceof Error) throw next;
      return answered(next);
    },
  };
  return { provider, asked };
}

const draft = (ctx: AgentContext) =>
  ctx.model.draft({
    artifact: 'IdeaSpec',
    schema: z.strictObject({ text: z.string().min(3) }),
    instructions: 'what it is',
    sources: ['Idea'],
  });

async function rowAfter(provider: ModelProvider) {
  bench = await openBench({
    provider,
    task: { budgetTokens: 1000, budgetUsdMicros: 500 },
    run: async (ctx) => ({ artifacts: { IdeaSpec: await draft(ctx) } }),
  });
  await bench.deliver();
  return bench.row();
}

const failed = (code: string, options: FailedCallOptions) => new FailedCall(code, 'it went wrong', options);

it('settles what a call really cost, cached tokens apart, and keeps who answered by what', async () => {
  const row = await rowAfter(scripted(true, FITS).provider);
  expect(row).toMatchObject({
    status: 'committed',
    spentTokens: 40,
    cachedTokens: 30,
    spentUsdMicros: 25,
    reservedTokens: 0,
    reservedUsdMicros: 0,
    modelCalls: 1,
    model: { provider: 'hosted', model: 'm-1', prompt: 'a'.repeat(64), prices: 'table 1' },
  });
});

it('shows the model an answer that does not fit once, with its faults, and pays for both calls', async () => {
  const { provider, asked } = scripted(true, { text: 'no' }, FITS);
  const row = await rowAfter(provider);
  expect(row).toMatchObject({ status: 'committed', spentTokens: 80, spentUsdMicros: 50, modelCalls: 2 });
  expect(asked[0]?.repair).toBeUndefined();
  expect(asked[1]?.repair?.answer).toBe('{"text":"no"}');
  expect(asked[1]?.repair?.faults).toContain('text');
});

it('repairs what was not even JSON from the answer’s own text', async () => {
  const broken = failed('IdeaMine.Schema', { cost: USED, answer: '{"text": "a to', retryable: true });
  const { provider, asked } = scripted(true, broken, FITS);
  const row = await rowAfter(provider);
  expect(row).toMatchObject({ status: 'committed', spentTokens: 80, spentUsdMicros: 50, modelCalls: 2 });
  expect(asked[1]?.repair?.answer).toBe('{"text": "a to');
});

it('gives up after one repair, with the class of a schema error', async () => {
  const { provider, asked } = scripted(true, { text: 'no' }, { text: '' }, FITS);
  const row = await rowAfter(provider);
  expect(asked).toHaveLength(2);
  expect(row.status).toBe('failed');
  expect(row.failures[0]).toMatchObject({ code: 'IdeaMine.Schema', cause: expect.stringContaining('after a repair') });
  expect(row.spentUsdMicros).toBe(50);
});

it('asks a provider that always answers the same only once', async () => {
  const { provider, asked } = scripted(false, { text: 'no' }, FITS);
  expect((await rowAfter(provider)).failures[0]?.code).toBe('IdeaMine.Schema');
  expect(asked).toHaveLength(1);
});

it.each([
  ['what it used', failed('IdeaMine.ModelRefused', { cost: USED }), 40, 25],
  ['nothing where it was refused at the door', failed('IdeaMine.RateLimit', { cost: NO_COST }), 0, 0],
  ['the worst case where nobody knows', failed('IdeaMine.Transient', {}), 200, 100],
  ['the worst case for an error of any other kind', new Error('a bug'), 200, 100],
] as const)('charges a failed call %s', async (_what, error, tokens, usdMicros) => {
  const row = await rowAfter(scripted(true, error).provider);
  expect(row).toMatchObject({ status: 'failed', spentTokens: tokens, spentUsdMicros: usdMicros, modelCalls: 1 });
  expect(row).toMatchObject({ reservedTokens: 0, reservedUsdMicros: 0 });
});

it('carries how long the other side asked to wait to the supervisor', async () => {
  const row = await rowAfter(
    scripted(true, failed('IdeaMine.RateLimit', { cost: NO_COST, retryAfterMs: 7000 })).provider,
  );
  expect(row.failures[0]).toMatchObject({ code: 'IdeaMine.RateLimit', retryAfterMs: 7000 });
});

it('makes no repair that the share does not cover', async () => {
  const { provider, asked } = scripted(true, { text: 'no' }, FITS);
  bench = await openBench({
    provider,
    task: { budgetTokens: 230, budgetUsdMicros: 500 },
    run: async (ctx) => ({ artifacts: { IdeaSpec: await draft(ctx) } }),
  });
  await bench.deliver();
  expect(asked).toHaveLength(1);
  expect((await bench.row()).failures[0]?.code).toBe('IdeaMine.Budget');
});
