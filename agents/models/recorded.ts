// Answers a real model gave before, from a cassette: the same request gets the same answer, at the cost it had when it was
// recorded, and says so. A request that is not on it is refused, never made up.

import { z } from 'zod';
import { BadInput, IdeaMineError } from '../../core/errors.ts';
import { canonicalJson, type Json, sha256 } from '../../core/json.ts';
import type { ModelProvider, ModelRequest, ModelResponse } from './provider.ts';

const count = z.int().min(0);

const recording = z.strictObject({
  /** For people who read the file. */
  artifact: z.string(),
  value: z.json(),
  tokens: z.strictObject({ input: count, output: count, cached: count }),
  usdMicros: count,
  by: z.strictObject({
    provider: z.string(),
    model: z.string(),
    prompt: z.string().optional(),
    prices: z.string().optional(),
  }),
});

const cassette = z.strictObject({ cassette: z.literal(1), answers: z.record(z.string(), recording) });

export type Recording = z.output<typeof recording>;
export type Cassette = z.output<typeof cassette>;

/** @throws BadInput naming the file and the first fault. */
export function readCassette(text: string, file: string): Cassette {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new BadInput(`${file}: expected a cassette in JSON, found ${(error as Error).message}`);
  }
  const read = cassette.safeParse(content);
  if (read.success) return read.data;
  throw new BadInput(`${file}: not a cassette: ${z.prettifyError(read.error).split('\n').slice(0, 2).join(' ')}`);
}

/** Answers by request, in order of their keys, so that a cassette's text depends on nothing else. */
export function cassetteOf(answers: ReadonlyMap<string, Recording>): Cassette {
  return { cassette: 1, answers: Object.fromEntries([...answers].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** What tells one request from another: all of it. */
export const requestKey = (request: ModelRequest): string => sha256(canonicalJson(request as unknown as Json));

export const recordingOf = (request: ModelRequest, { value, tokens, usdMicros, ...by }: ModelResponse): Recording => ({
  artifact: request.artifact,
  value,
  tokens,
  usdMicros,
  by,
});

export function recordedProvider({ answers }: Cassette): ModelProvider {
  const find = (request: ModelRequest): Recording => {
    const key = requestKey(request);
    const found = Object.hasOwn(answers, key) ? answers[key] : undefined;
    if (found !== undefined) return found;
    throw new IdeaMineError(
      'IdeaMine.Misconfigured',
      `the cassette has no answer to this request for ${request.artifact} (${key.slice(0, 12)}): record it again`,
    );
  };
  return {
    id: 'recorded',
    repairs: true,
    worstCase(request) {
      const { tokens, usdMicros } = find(request);
      return { tokens: tokens.input + tokens.output, usdMicros };
    },
    async generate(request, signal) {
      signal.throwIfAborted();
      const { value, tokens, usdMicros, by } = find(request);
      return { value, tokens, usdMicros, ...by, provider: 'recorded', model: `${by.provider} ${by.model}` };
    },
  };
}
