// One streamed call: the whole text of the answer, why it ended, what it used. Silence that lasts too long ends it.

import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4Usage } from '@ai-sdk/provider';
import { FailedCall } from '../failed-call.ts';
import { asFailedCall } from './faults.ts';

export interface StreamedAnswer {
  readonly text: string;
  /** `stop`, `length`, `content-filter`, or what else the provider says. */
  readonly finish: string;
  readonly usage: LanguageModelV4Usage;
}

export interface StreamLimits {
  readonly silenceMs: number;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** @throws FailedCall. The signal's own reason passes as it is. */
export async function streamAnswer(
  model: LanguageModelV4,
  options: LanguageModelV4CallOptions,
  { silenceMs, now, signal }: StreamLimits,
): Promise<StreamedAnswer> {
  const silent = new AbortController();
  const who = `${model.provider} ${model.modelId}`;
  let begun = false;
  let timer = setTimeout(() => silent.abort(), silenceMs);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silent.abort(), silenceMs);
  };
  const failure = (thrown: unknown) => {
    if (signal.aborted) return signal.reason as Error;
    if (!silent.signal.aborted) return asFailedCall(thrown, who, begun, now());
    return new FailedCall('IdeaMine.Transient', `${who}: nothing was heard for ${silenceMs} ms`, { retryable: true });
  };
  try {
    signal.throwIfAborted();
    const abortSignal = AbortSignal.any([signal, silent.signal]);
    const { stream } = await model.doStream({ ...options, abortSignal });
    begun = true;
    let text = '';
    for await (const part of untilAborted(stream, abortSignal)) {
      heard();
      if (part.type === 'text-delta') text += part.delta;
      else if (part.type === 'error') throw part.error;
      else if (part.type === 'finish') return { text, finish: part.finishReason.unified, usage: part.usage };
    }
    throw new Error('the stream ended without saying why');
  } catch (thrown) {
    throw failure(thrown);
  } finally {
    clearTimeout(timer);
  }
}

/** A reader that is not heard from does not hear an abort either, so it is told by name. */
async function* untilAborted<T>(stream: ReadableStream<T>, signal: AbortSignal): AsyncGenerator<T> {
  const reader = stream.getReader();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  aborted.catch(() => {});
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), aborted]);
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
