import { describe, expect, it } from '@jest/globals';
import { ask, type Breaker, closedBreaker, fail, OPEN_MS, succeed } from '../../../core/resilience/circuit-breaker.ts';

const BROKEN = 'IdeaMine.ToolInfrastructure';
const open: Breaker = { state: 'open', since: 1000 };
const failTimes = (count: number): Breaker =>
  Array.from({ length: count }).reduce<Breaker>((breaker) => fail(breaker, BROKEN, 1000), closedBreaker);

describe('a circuit breaker', () => {
  it('opens after three failures in a row, and a success between starts the count anew', () => {
    expect(failTimes(2)).toEqual({ state: 'closed', failures: 2 });
    expect(failTimes(3)).toEqual(open);
    expect(fail(succeed(failTimes(2)), BROKEN, 1000)).toEqual({ state: 'closed', failures: 1 });
  });

  it('lets nothing through for 30 s, then one trial at a time', () => {
    expect(ask(open, 1000 + OPEN_MS - 1).allowed).toBe(false);
    const first = ask(open, 1000 + OPEN_MS);
    expect(first).toEqual({ allowed: true, breaker: { state: 'half-open', successes: 0, trialSince: 31_000 } });
    expect(ask(first.breaker, 31_001).allowed).toBe(false);
  });

  it('closes after two successes, opens again after one failure', () => {
    const trial = ask(open, 31_000).breaker;
    const once = succeed(trial);
    expect(once).toEqual({ state: 'half-open', successes: 1, trialSince: null });
    expect(ask(once, 31_500).allowed).toBe(true);
    expect(succeed(once)).toEqual(closedBreaker);
    expect(fail(once, BROKEN, 32_000)).toEqual({ state: 'open', since: 32_000 });
  });

  it('does not wait for ever for a trial whose worker died', () => {
    const trial = ask(open, 31_000).breaker;
    expect(ask(trial, 31_000 + OPEN_MS).allowed).toBe(true);
  });

  it('does not count rate limits', () => {
    const limited = Array.from({ length: 9 }).reduce<Breaker>(
      (one) => fail(one, 'IdeaMine.RateLimit', 1000),
      closedBreaker,
    );
    expect(limited).toBe(closedBreaker);
    const trial = ask(open, 31_000).breaker;
    expect(fail(trial, 'IdeaMine.RateLimit', 31_100)).toEqual({ state: 'half-open', successes: 0, trialSince: null });
  });

  it('is the same value where nothing changed, so that it is written on changes only', () => {
    expect(succeed(closedBreaker)).toBe(closedBreaker);
    expect(ask(closedBreaker, 5).breaker).toBe(closedBreaker);
    expect(ask(open, 1001).breaker).toBe(open);
    expect(succeed(open)).toBe(open);
    expect(fail(open, BROKEN, 2000)).toBe(open);
  });
});
