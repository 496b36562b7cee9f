// Stands in the place of agents/models/providers.ts in the simulator's bundles: one provider that costs money, takes time and
// fails as models do.

import type { ModelProvider, ModelRequest, ModelResponse } from '../../agents/models/provider.ts';
import { IdeaMineError, Transient } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { Behaviour } from './behave.ts';
import { drawOf, wholeOf } from './draws.ts';
import { ofSchema } from './samples.ts';

const WORST = { tokens: 400, usdMicros: 900 };

const behaviour = JSON.parse(process.env.SIMULATION ?? 'null') as Behaviour | null;

/** What goes wrong with a call, by name; returns what the call answers after all. */
const FAULTS: Readonly<Record<string, (request: ModelRequest, signal: AbortSignal) => Promise<Json>>> = {
  'model-429': () =>
    Promise.reject(
      new IdeaMineError('IdeaMine.RateLimit', '429: slow down', { retryable: true, details: { retryAfterMs: 20_000 } }),
    ),
  'model-529': () => Promise.reject(new Transient('529: overloaded')),
  'model-truncated': () =>
    Promise.reject(new IdeaMineError('IdeaMine.Schema', 'the answer was cut off', { retryable: true })),
  'model-malformed': async () => ({ nothing: 'that was asked for' }),
  'model-refusal': () =>
    Promise.reject(new IdeaMineError('IdeaMine.Ungrounded', 'the model refused', { retryable: true })),
  'model-loop': (_, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  'model-slow': async (request, signal) => {
    await wait(25 * 60_000, signal);
    return answerTo(request);
  },
};

function simulated(id: string): ModelProvider {
  return {
    id,
    worstCase: () => WORST,
    async generate(request: ModelRequest, signal: AbortSignal): Promise<ModelResponse> {
      const draw = (what: string) => drawOf(behaviour?.seed ?? 0, request.instructions, Date.now(), what);
      await wait(wholeOf(draw('latency'), 200, 20_000), signal);
      for (const [fault, share] of Object.entries(behaviour?.model ?? {})) {
        if (draw(fault) >= share) continue;
        console.log(JSON.stringify({ simulated: 'fault', fault }));
        return response(id, (await FAULTS[fault]?.(request, signal)) ?? null, draw);
      }
      return response(id, answerTo(request), draw);
    },
  };
}

const answerTo = (request: ModelRequest): Json => ofSchema(request.schema, 1);

function response(id: string, value: Json, draw: (what: string) => number): ModelResponse {
  const input = wholeOf(draw('input'), 10, 200);
  const output = wholeOf(draw('output'), 10, 200);
  const usdMicros = wholeOf(draw('usd'), 0, WORST.usdMicros);
  return { value, tokens: { input, output, cached: 0 }, usdMicros, provider: id, model: 'drawn' };
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

export const providerMakers: Readonly<Record<string, () => ModelProvider>> = {
  offline: () => simulated('offline'),
};
