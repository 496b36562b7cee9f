// A circuit breaker as a plain value, one for each tool and each model, shared by all workers. It opens after failures in
// a row, lets one trial through after a while, and closes after enough successes. Rate limits are not failures.
// Time comes in; a state is written only when it differs from the one before (`=== ` tells).

import { classify } from '../retry/classify.ts';

const FAILURES_TO_OPEN = 3;
export const OPEN_MS = 30_000;
const SUCCESSES_TO_CLOSE = 2;

export type Breaker =
  | { readonly state: 'closed'; readonly failures: number }
  | { readonly state: 'open'; readonly since: number }
  /** `trialSince`: when the trial that is under way began; null when there is none. */
  | { readonly state: 'half-open'; readonly successes: number; readonly trialSince: number | null };

export const closedBreaker: Breaker = { state: 'closed', failures: 0 };

/** Whether a call may be made at `now` (epoch ms), and the breaker after asking. */
export function ask(breaker: Breaker, now: number): { readonly allowed: boolean; readonly breaker: Breaker } {
  if (breaker.state === 'closed') return { allowed: true, breaker };
  if (breaker.state === 'open') {
    if (now - breaker.since < OPEN_MS) return { allowed: false, breaker };
    return { allowed: true, breaker: { state: 'half-open', successes: 0, trialSince: now } };
  }
  // A trial whose worker died is given up after as long as the breaker was open.
  const free = breaker.trialSince === null || now - breaker.trialSince >= OPEN_MS;
  return free ? { allowed: true, breaker: { ...breaker, trialSince: now } } : { allowed: false, breaker };
}

export function succeed(breaker: Breaker): Breaker {
  if (breaker.state === 'closed') return breaker.failures === 0 ? breaker : closedBreaker;
  // A call that began before the breaker opened says nothing about now.
  if (breaker.state === 'open') return breaker;
  const successes = breaker.successes + 1;
  return successes >= SUCCESSES_TO_CLOSE ? closedBreaker : { state: 'half-open', successes, trialSince: null };
}

/** @param code of the error. */
export function fail(breaker: Breaker, code: string, now: number): Breaker {
  const rateLimited = classify(code) === 'rate-limit';
  if (breaker.state === 'open') return breaker;
  if (breaker.state === 'half-open')
    return rateLimited ? { ...breaker, trialSince: null } : { state: 'open', since: now };
  if (rateLimited) return breaker;
  const failures = breaker.failures + 1;
  return failures >= FAILURES_TO_OPEN ? { state: 'open', since: now } : { state: 'closed', failures };
}
