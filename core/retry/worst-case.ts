// The most a task can cost in paid calls, for `ideamine plan`.

import { classRules } from './classes.ts';

/**
 * @param attempts the phase's ceiling of attempts of one task. @param calls model calls of one undisturbed attempt.
 * Steps are memoised, so an attempt repeats only the call that failed: each attempt after the first adds one.
 */
export function worstCaseCalls(attempts: number, calls = 1): number {
  const repeats = Object.values(classRules).reduce(
    (total, { retries, whenExhausted }) => total + retries + (whenExhausted === 'fail' ? 0 : 1),
    0,
  );
  return calls === 0 ? 0 : calls + Math.min(attempts - 1, repeats);
}
