// How long to wait before the next attempt.

import { classRules, type ErrorClass } from './classes.ts';

/** A wait asked for by the other side is honoured up to here, ms: what is longer is a fault, not a rate limit. */
const RETRY_AFTER_MOST_MS = 3_600_000;

export interface DelayOptions {
  /** Ceiling of the phase: its own first backoff, ms, where that is longer than the class's. */
  readonly phaseBaseMs?: number;
  /** What the other side asked for, ms. */
  readonly retryAfterMs?: number;
}

/**
 * @param retry which retry of this class it is, from 1. @param random from 0 (inclusive) to 1 (exclusive).
 * @returns ms, an integer. Exponential: base * 2^(retry - 1), at most the cap; full jitter: anywhere from 0 to that.
 */
export function nextDelay(errorClass: ErrorClass, retry: number, random: number, options: DelayOptions = {}): number {
  const rule = classRules[errorClass];
  const asked = rule.honoursRetryAfter ? Math.min(options.retryAfterMs ?? 0, RETRY_AFTER_MOST_MS) : 0;
  if (rule.backoff === 'none') return Math.ceil(asked);
  const base = Math.max(rule.baseMs, options.phaseBaseMs ?? 0);
  // 2^30 ms is twelve days: the exponent needs no more, and stays exact.
  const grown = Math.min(rule.capMs, base * 2 ** Math.min(30, Math.max(0, retry - 1)));
  const own = rule.jitter === 'full' ? Math.floor(random * (grown + 1)) : grown;
  return Math.max(own, Math.ceil(asked));
}
