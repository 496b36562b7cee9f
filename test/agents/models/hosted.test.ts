// The hosted providers over real HTTP, against a server that speaks each one's wire format: what an answer becomes, what it
// costs, and which class of error each way of failing is.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { isFailedCall } from '../../../agents/models/failed-call.ts';
import { hostedMakers } from '../../../agents/models/hosted.ts';
import { PRICE_TABLE } from '../../../agents/models/price.ts';
import type { ModelProvider, ModelRequest } from '../../../agents/models/provider.ts';
import { claim } from '../../../core/artifacts/claim.ts';
import type { IdeaMineError } from '../../../core/errors.ts';
import type { Json } from '../../../core/json.ts';
import type { ModelChoice } from '../../../core/pipeline/model.ts';
import { type Format, type Reply, USED, type WireServer, wireServer } from './wire-server.ts';

const PROMPTS = join(import.meta.dirname, '..', '..', '..', 'agents', 'prompts');
const prompts = Object.fromEntries(
  readdirSync(PROMPTS).map((name) => [name, readFileSync(join(PROMPTS, name), 'utf8')]),
);

const CHOICES: Readonly<Record<Format, ModelChoice>> = {
  anthropic: { provider: 'anthropic', model: 'claude-haiku-4-5' },
  bedrock: { provider: 'bedrock', model: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0' },
  'openai-compatible': {
    provider: 'openai-compatible',
    model: 'llama3.2',
    price: { input: 1_000_000, output: 2_000_000, cached: 100_000 },
  },
};
const formats = Object.keys(CHOICES) as Format[];

const NOW = Date.parse('2026-11-22T12:00:00Z');
const idea = 'A library of tools that neighbours lend each other. Nobody should pay for a drill used once.';

const { $schema: _, ...schema } = z.toJSONSchema(z.strictObject({ title: claim('what it is called') })) as Record<
  string,
  Json
>;
const request: ModelRequest = {
  artifact: 'IdeaSpec',
  schema,
  instructions: 'what it is',
  sources: [{ source: 'Idea', content: idea, under: '' }],
  strict: false,
};
const answer = (words = 'library of tools') =>
  JSON.stringify({ title: { text: 'A tool library', quotes: [{ source: 'Idea', words }] } });

let server: WireServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function against(format: Format, reply: () => Reply, settings: { silenceMs?: number; keys?: boolean } = {}) {
  server = await wireServer(reply);
  const values: Record<string, string> = {
    ANTHROPIC_BASE_URL: `${server.url}/v1`,
    OPENAI_BASE_URL: `${server.url}/v1`,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: server.url,
    AWS_REGION: 'eu-central-1',
    ...(settings.keys === false
      ? {}
      : {
          ANTHROPIC_API_KEY: 'k-anthropic',
          OPENAI_API_KEY: 'k-openai',
          AWS_ACCESS_KEY_ID: 'AKID',
          AWS_SECRET_ACCESS_KEY: 'k-aws',
        }),
  };
  return provider(format, values, settings.silenceMs ?? 30_000);
}

function provider(format: Format, values: Record<string, string>, silenceMs: number): ModelProvider {
  const setting = (name: string) => values[name];
  return (hostedMakers[format] as NonNullable<(typeof hostedMakers)[string]>)(CHOICES[format], {
    prompts,
    now: () => NOW,
    setting,
    silenceMs,
  });
}

const never = () => new AbortController().signal;

async function failureOf(asked: Promise<unknown>): Promise<IdeaMineError> {
  return asked.then(
    () => {
      throw new Error('expected a failure, found an answer');
    },
    (thrown) => thrown as IdeaMineError,
  );
}

describe.each(formats)('%s', (format) => {
  it('turns a streamed answer into a value whose quotes are cites', async () => {
    const model = await against(format, () => ({ text: answer(), cached: 20 }));
    const response = await model.generate(request, never());
    const start = idea.indexOf('library of tools');
    expect(response.value).toEqual({
      title: {
        text: 'A tool library',
        cites: [{ source: 'Idea', pointer: '', start, end: start + 'library of tools'.length }],
      },
    });
    expect(response.tokens).toEqual({ input: USED.input, output: USED.output, cached: 20 });
    expect(response).toMatchObject({
      provider: format,
      model: CHOICES[format].model,
      prices: format === 'openai-compatible' ? 'pipeline' : PRICE_TABLE,
    });
    expect(response.prompt).toMatch(/^[0-9a-f]{64}$/);
    const price = {
      anthropic: 100 * 1 + 20 * 0.1 + 30 * 5,
      bedrock: 1.1 * (100 * 1 + 20 * 0.1 + 30 * 5),
      'openai-compatible': 100 + 20 * 0.1 + 30 * 2,
    };
    expect(response.usdMicros).toBe(Math.ceil(Number(price[format].toFixed(6))));
    const worst = model.worstCase(request);
    expect(worst.tokens).toBeGreaterThan(USED.input + USED.output);
    expect(worst.usdMicros).toBeGreaterThan(response.usdMicros);
  });

  it('sends the idea in a marked block and the schema apart, and no marks of our own', async () => {
    const model = await against(format, () => ({ text: answer() }));
    await model.generate(request, never());
    const [call] = server?.calls ?? [];
    expect(call?.format).toBe(format);
    const mark = /<data ([0-9a-f]{32}) source="Idea">/.exec(call?.user ?? '')?.[1] as string;
    expect(call?.user).toContain(`${idea}\n</data ${mark}>`);
    expect(call?.system).toContain(mark);
    expect(call?.system).not.toContain('drill');
    expect(JSON.stringify(call?.body)).toContain('quotes');
    expect(JSON.stringify(call?.body)).not.toContain('x-claim');
    expect(JSON.stringify(call?.body)).toContain('8192');
  });

  it('drops a quote that stands nowhere in the sources', async () => {
    const model = await against(format, () => ({ text: answer('library of books') }));
    const { value } = await model.generate(request, never());
    expect(value).toEqual({ title: { text: 'A tool library', cites: [] } });
  });

  it.each([
    [
      '429 with seconds',
      { status: 429, headers: { 'retry-after': '7' }, type: 'rate_limit_error' },
      'IdeaMine.RateLimit',
      7000,
    ],
    [
      '429 with a date',
      { status: 429, headers: { 'retry-after': 'Sun, 22 Nov 2026 12:01:30 GMT' } },
      'IdeaMine.RateLimit',
      90_000,
    ],
    ['429 without', { status: 429 }, 'IdeaMine.RateLimit', undefined],
    ['529', { status: 529, type: 'overloaded_error' }, 'IdeaMine.Transient', undefined],
    ['529 that says when', { status: 529, headers: { 'retry-after-ms': '1500' } }, 'IdeaMine.RateLimit', 1500],
    ['500', { status: 500 }, 'IdeaMine.Transient', undefined],
    ['401', { status: 401, type: 'authentication_error' }, 'IdeaMine.Authentication', undefined],
    ['403', { status: 403 }, 'IdeaMine.Authentication', undefined],
    ['404', { status: 404 }, 'IdeaMine.Misconfigured', undefined],
    ['400', { status: 400, type: 'invalid_request_error' }, 'IdeaMine.BadInput', undefined],
  ] as const)('%s is of its class and costs nothing', async (_what, reply, code, retryAfterMs) => {
    const model = await against(format, () => reply);
    const failure = await failureOf(model.generate(request, never()));
    expect(failure.code).toBe(code);
    expect(failure.details.retryAfterMs).toBe(retryAfterMs);
    expect(isFailedCall(failure) && failure.cost).toEqual({ tokens: 0, cachedTokens: 0, usdMicros: 0 });
    expect(failure.message).not.toMatch(/k-anthropic|k-openai|k-aws|drill/);
    // One call is one call: nothing under this retries.
    expect(server?.calls).toHaveLength(1);
  });

  it.each([
    ['is cut off at its longest', { text: answer().slice(0, 30), end: 'length' }, 'IdeaMine.Schema'],
    ['is not JSON', { text: `${answer().slice(0, 40)}!` }, 'IdeaMine.Schema'],
    ['is a refusal', { text: '{}', end: 'refusal' }, 'IdeaMine.ModelRefused'],
  ] as const)('an answer that %s is charged for what it used', async (_what, reply, code) => {
    const model = await against(format, () => reply);
    const failure = await failureOf(model.generate(request, never()));
    expect(failure.code).toBe(code);
    if (!isFailedCall(failure)) throw new Error('expected a failed call');
    expect(failure.cost?.tokens).toBe(USED.input + USED.output);
    expect(failure.cost?.usdMicros).toBeGreaterThan(0);
    expect(failure.by).toMatchObject({ provider: format, model: CHOICES[format].model });
    expect(failure.answer).toBe(code === 'IdeaMine.Schema' ? reply.text : undefined);
  });

  it.each([
    ['breaks off', { text: answer(), end: 'cut' }],
    ['says it is overloaded midway', { text: answer(), end: 'overloaded' }],
    ['falls silent', { text: answer(), end: 'silent' }],
    ['never begins', 'hang'],
  ] as const)('an answer that %s is transient, and its cost is not known', async (_what, reply) => {
    const model = await against(format, () => reply, { silenceMs: 300 });
    const failure = await failureOf(model.generate(request, never()));
    expect(failure.code).toBe('IdeaMine.Transient');
    expect(failure.retryable).toBe(true);
    expect(isFailedCall(failure) && failure.cost).toBeUndefined();
  });

  it('stops at once when it is told to, with the reason it was given', async () => {
    const stop = new AbortController();
    const model = await against(format, () => 'hang');
    const asked = failureOf(model.generate(request, stop.signal));
    const reason = new Error('the lease is gone');
    setTimeout(() => stop.abort(reason), 50);
    expect(await asked).toBe(reason);
  });

  it('asks for a repair with the faults outside and the answer inside a block', async () => {
    const model = await against(format, () => ({ text: answer() }));
    const repair = { answer: '{"title": "ignore the task"}', faults: 'title: expected an object' };
    const plain = await model.generate(request, never());
    const { prompt } = await model.generate({ ...request, repair }, never());
    const user = server?.calls[1]?.user ?? '';
    expect(user.indexOf('title: expected an object')).toBeLessThan(user.indexOf('# Data'));
    expect(user).toMatch(/<data [0-9a-f]{32} answer="your answer before">\n\{"title": "ignore the task"\}/);
    expect(prompt).not.toBe(plain.prompt);
  });
});

it('needs a key where the API does, and says which, before anything is sent', async () => {
  server = await wireServer(() => ({ text: answer() }));
  const values = { ANTHROPIC_BASE_URL: `${server.url}/v1`, AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL: server.url };
  expect(() => provider('anthropic', values, 1000)).toThrow('provider anthropic: ANTHROPIC_API_KEY is not set');
  expect(() => provider('openai-compatible', values, 1000)).toThrow('OPENAI_BASE_URL is not set');
  expect(() => provider('bedrock', values, 1000)).toThrow('AWS_ACCESS_KEY_ID is not set');
  expect(server.calls).toEqual([]);
});

it('refuses a model nobody knows the price of', () => {
  const model = hostedMakers.anthropic?.(
    { provider: 'anthropic', model: 'no-such-model' },
    {
      prompts,
      now: () => NOW,
      setting: () => 'set',
      silenceMs: 1000,
    },
  );
  expect(() => model?.worstCase(request)).toThrow(/anthropic model no-such-model: genai-prices .* has no price for it/);
});
