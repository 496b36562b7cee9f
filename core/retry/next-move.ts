// The supervisor's decision after a task failed: again, again but differently, or not any more.
// One owner of retries: nothing else in the system repeats a task.

import { classRules, type ErrorClass } from './classes.ts';
import { classify } from './classify.ts';
import { nextDelay } from './next-delay.ts';

export interface TaskHistory {
  /** Codes of all failures of the task so far, the one to decide on last; at least one. */
  readonly codes: readonly string[];
  /** The phase's ceiling: attempts of one task, the first included, and its first backoff in ms. */
  readonly ceiling: { readonly attempts: number; readonly baseMs: number };
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: number;
  readonly retryAfterMs?: number;
  /** Rungs of the fallback ladder not tried yet. */
  readonly rungsLeft?: number;
}

/**
 * `retry`: the same again. `stricter`: a stricter prompt. `next-rung`: the next one of the ladder. `fail`: quarantine.
 */
export type NextMove =
  | {
      readonly move: 'retry' | 'stricter' | 'next-rung';
      readonly delayMs: number;
      readonly class: ErrorClass;
    }
  | { readonly move: 'fail'; readonly reason: string; readonly class: ErrorClass };

export function nextMove(history: TaskHistory): NextMove {
  const { codes, ceiling } = history;
  const code = codes.at(-1) ?? 'IdeaMine.Unknown';
  const errorClass = classify(code);
  const rule = classRules[errorClass];
  const fail = (reason: string): NextMove => ({ move: 'fail', reason, class: errorClass });
  if (errorClass === 'never') return fail(`${code} is never retried`);
  if (codes.length >= ceiling.attempts) return fail(`${codes.length} of ${ceiling.attempts} attempts are used`);
  const failures = codes.filter((one) => classify(one) === errorClass).length;
  if (failures <= rule.retries) {
    const delayMs = nextDelay(errorClass, failures, history.random, {
      phaseBaseMs: ceiling.baseMs,
      retryAfterMs: history.retryAfterMs,
    });
    return { move: 'retry', delayMs, class: errorClass };
  }
  const exhausted = `${errorClass} errors are retried ${rule.retries} times`;
  if (rule.whenExhausted === 'fail') return fail(exhausted);
  if (rule.whenExhausted === 'repair') return fail(`${exhausted}, and each time its repair failed too`);
  if (rule.whenExhausted === 'next-rung') {
    if ((history.rungsLeft ?? 0) === 0) return fail(`${exhausted}, and the ladder has no rung left`);
    return { move: 'next-rung', delayMs: 0, class: errorClass };
  }
  // A last resort is taken once.
  if (failures > rule.retries + 1) return fail(`${exhausted}, and the last resort (${rule.whenExhausted}) failed`);
  return { move: rule.whenExhausted, delayMs: 0, class: errorClass };
}
