// The most a task can cost in paid calls, for `ideamine plan`.

import { classRules } from './classes.ts';

/** The answer and its repair. */
const CALLS_AN_ANSWER = 2;
const ATTEMPTS_AFTER = { fail: 0, repair: 0, stricter: 1, 'next-rung': 1 } as const;

/**
 * @param attempts the phase's ceiling of attempts of one task. @param calls model calls of one undisturbed attempt.
 * Steps are memoised, so an attempt repeats only the call that failed: each attempt after the first adds one. Any answer
 * may not fit its schema and be repaired once, which is a call of its own.
 */
export function worstCaseCalls(attempts: number, calls = 1): number {
  const repeats = Object.values(classRules).reduce(
    (total, { retries, whenExhausted }) => total + retries + ATTEMPTS_AFTER[whenExhausted],
    0,
  );
  return calls === 0 ? 0 : CALLS_AN_ANSWER * (calls + Math.min(attempts - 1, repeats));
}
