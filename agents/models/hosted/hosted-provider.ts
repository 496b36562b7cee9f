// A model behind an HTTP API, as a provider: prompt, one streamed call, price, cites. One call is one call: retries are
// the supervisor's.

import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import type { Json } from '../../../core/json.ts';
import type { ModelChoice } from '../../../core/pipeline/model.ts';
import { FailedCall } from '../failed-call.ts';
import { type Priced, priceOf } from '../price.ts';
import { fillPrompt } from '../prompt.ts';
import type { AnsweredBy, CallCost, ModelProvider, ModelRequest } from '../provider.ts';
import { citing, quotingSchema } from '../quotes.ts';
import type { HostedSettings } from './settings.ts';
import { type StreamedAnswer, streamAnswer } from './stream-answer.ts';

/** Longest answer, tokens, where the tier does not say. */
const ANSWER_TOKENS = 8192;
/**
 * Bytes a token stands for, at least, in prose and JSON of any script: tokenizers give 3 to 5 for English. The bound of a
 * call's input rests on it; random bytes could pass it, and what they cost is still charged.
 */
const LEAST_BYTES_A_TOKEN = 2;
/** What an API adds around a request: the schema as a tool, roles, its own instructions. */
const AROUND_TOKENS = 1000;

export function hostedProvider(choice: ModelChoice, model: LanguageModelV4, settings: HostedSettings): ModelProvider {
  const maxOutputTokens = choice.answerTokens ?? ANSWER_TOKENS;
  const price = () => priceOf(choice, new Date(settings.now()));
  return {
    id: choice.provider,
    repairs: true,
    worstCase(request) {
      const { system, user } = fillPrompt(request, settings.prompts);
      const bytes = Buffer.byteLength(system + user + JSON.stringify(quotingSchema(request.schema)));
      const input = Math.ceil(bytes / LEAST_BYTES_A_TOKEN) + AROUND_TOKENS;
      const tokens = { input, output: maxOutputTokens, cached: 0 };
      return { tokens: input + maxOutputTokens, usdMicros: price().usdMicros(tokens) };
    },
    async generate(request, signal) {
      const prompt = fillPrompt(request, settings.prompts);
      const priced = price();
      const by: AnsweredBy = {
        provider: choice.provider,
        model: choice.model,
        prompt: prompt.hash,
        prices: priced.table,
      };
      const limits = { silenceMs: settings.silenceMs, now: settings.now, signal };
      const answer = await streamAnswer(model, callOptions(prompt, request, maxOutputTokens), limits);
      const { tokens, cost } = spent(answer, priced);
      const value = answerValue(answer, `${choice.provider} ${choice.model}`, cost, by);
      return { value: citing(value, request.sources), tokens, usdMicros: cost.usdMicros, ...by };
    },
  };
}

type AnswerSchema = Extract<LanguageModelV4CallOptions['responseFormat'], { type: 'json' }>['schema'];

function callOptions(
  { system, user }: { readonly system: string; readonly user: string },
  request: ModelRequest,
  maxOutputTokens: number,
): LanguageModelV4CallOptions {
  return {
    prompt: [
      { role: 'system', content: system },
      { role: 'user', content: [{ type: 'text', text: user }] },
    ],
    maxOutputTokens,
    responseFormat: {
      type: 'json',
      name: request.artifact,
      schema: quotingSchema(request.schema) as AnswerSchema,
    },
    // The schema as a tool takes any JSON Schema; the APIs' own structured outputs refuse lengths and patterns.
    providerOptions: { anthropic: { structuredOutputMode: 'jsonTool' } },
  };
}

function spent({ usage }: StreamedAnswer, priced: Priced) {
  const { total, cacheRead, cacheWrite } = usage.inputTokens;
  const tokens = { input: total ?? 0, output: usage.outputTokens.total ?? 0, cached: cacheRead ?? 0 };
  const cost: CallCost = {
    tokens: tokens.input + tokens.output,
    cachedTokens: tokens.cached,
    usdMicros: priced.usdMicros({ ...tokens, written: cacheWrite ?? 0 }),
  };
  return { tokens, cost };
}

/** @throws FailedCall with what the call cost: `IdeaMine.Schema` for what a repair may mend. */
function answerValue({ text, finish }: StreamedAnswer, who: string, cost: CallCost, by: AnsweredBy): Json {
  const failed = (code: string, message: string, answer?: string) =>
    new FailedCall(code, `${who}: ${message}`, { retryable: answer !== undefined, cost, by, answer });
  if (finish === 'content-filter') throw failed('IdeaMine.ModelRefused', 'the model refused to answer');
  if (finish === 'length')
    throw failed('IdeaMine.Schema', 'the answer was cut off at the most tokens it may have', text);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw failed('IdeaMine.Schema', `the answer is not JSON: ${(error as Error).message.slice(0, 120)}`, text);
  }
}
