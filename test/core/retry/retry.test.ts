import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { classRules, type ErrorClass } from '../../../core/retry/classes.ts';
import { classify } from '../../../core/retry/classify.ts';
import { nextDelay } from '../../../core/retry/next-delay.ts';
import { nextMove } from '../../../core/retry/next-move.ts';
import { worstCaseCalls } from '../../../core/retry/worst-case.ts';

describe('classRules', () => {
  it.each<[ErrorClass, number, string, number, number, string]>([
    ['transient', 5, 'exponential', 1000, 60_000, 'fail'],
    ['schema', 1, 'none', 0, 0, 'repair'],
    ['tool-infrastructure', 3, 'exponential', 2000, 30_000, 'next-rung'],
    ['hallucination', 2, 'none', 0, 0, 'stricter'],
    ['rate-limit', 10, 'exponential', 5000, 300_000, 'fail'],
    ['unknown', 3, 'exponential', 1000, 30_000, 'fail'],
    ['never', 0, 'none', 0, 0, 'fail'],
  ])('are those of the spec: %s', (name, retries, backoff, baseMs, capMs, whenExhausted) => {
    expect(classRules[name]).toMatchObject({ retries, backoff, baseMs, capMs, whenExhausted });
  });
});

describe('classify', () => {
  it.each<[string, ErrorClass]>([
    ['IdeaMine.Transient', 'transient'],
    ['IdeaMine.Stalled', 'transient'],
    ['States.HeartbeatTimeout', 'transient'],
    ['IdeaMine.Schema', 'schema'],
    ['IdeaMine.ToolInfrastructure', 'tool-infrastructure'],
    ['IdeaMine.Ungrounded', 'hallucination'],
    ['IdeaMine.RateLimit', 'rate-limit'],
    ['IdeaMine.BadInput', 'never'],
    ['IdeaMine.Authentication', 'never'],
    ['IdeaMine.Budget', 'never'],
    ['IdeaMine.ModelRefused', 'never'],
    ['Somebody.Else', 'unknown'],
    ['constructor', 'unknown'],
  ])('%s is %s', (code, errorClass) => {
    expect(classify(code)).toBe(errorClass);
  });
});

describe('nextDelay', () => {
  it('of a transient error is anywhere from 0 to base * 2^(retry - 1), at most the cap', () => {
    expect(nextDelay('transient', 1, 0)).toBe(0);
    expect(nextDelay('transient', 1, 0.999999)).toBe(1000);
    expect(nextDelay('transient', 4, 0.999999)).toBe(8000);
    expect(nextDelay('transient', 40, 0.999999)).toBe(60_000);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (retry, random) => {
          const delay = nextDelay('transient', retry, random);
          expect(Number.isInteger(delay) && delay >= 0 && delay <= Math.min(60_000, 1000 * 2 ** (retry - 1))).toBe(
            true,
          );
        },
      ),
    );
  });

  it('of other errors is exponential without jitter', () => {
    expect([1, 2, 3].map((retry) => nextDelay('unknown', retry, 0.3))).toEqual([1000, 2000, 4000]);
    expect(nextDelay('tool-infrastructure', 9, 0.3)).toBe(30_000);
    expect(nextDelay('schema', 1, 0.9)).toBe(0);
  });

  it('honours what the other side asks for, where it is a rate limit, up to an hour', () => {
    expect(nextDelay('rate-limit', 1, 0, { retryAfterMs: 42_000 })).toBe(42_000);
    expect(nextDelay('rate-limit', 1, 0, { retryAfterMs: 10 })).toBe(5000);
    expect(nextDelay('rate-limit', 1, 0, { retryAfterMs: 10 ** 12 })).toBe(3_600_000);
    expect(nextDelay('unknown', 1, 0, { retryAfterMs: 42_000 })).toBe(1000);
  });

  it("begins with the phase's first backoff where that is longer", () => {
    expect(nextDelay('unknown', 1, 0, { phaseBaseMs: 3000 })).toBe(3000);
    expect(nextDelay('rate-limit', 1, 0, { phaseBaseMs: 3000 })).toBe(5000);
  });
});

describe('nextMove', () => {
  const ceiling = { attempts: 20, baseMs: 1000 };
  const moves = (code: string, most = 20): string[] =>
    Array.from(
      { length: most },
      (_, index) => nextMove({ codes: Array(index + 1).fill(code), ceiling, random: 0 }).move,
    );

  it.each<[string, number, string]>([
    ['IdeaMine.Transient', 5, 'fail'],
    ['IdeaMine.Unknown', 3, 'fail'],
    ['IdeaMine.RateLimit', 10, 'fail'],
    ['IdeaMine.Schema', 1, 'fail'],
    ['IdeaMine.Ungrounded', 2, 'stricter'],
  ])('%s: %s retries, then %s', (code, retries, last) => {
    const taken = moves(code);
    expect(taken.slice(0, retries)).toEqual(Array(retries).fill('retry'));
    expect(taken[retries]).toBe(last);
    expect(taken[retries + 1]).toBe('fail');
  });

  it.each(['IdeaMine.BadInput', 'IdeaMine.Authentication', 'IdeaMine.Budget'])('%s is never retried', (code) => {
    expect(nextMove({ codes: [code], ceiling, random: 0 })).toMatchObject({
      move: 'fail',
      reason: `${code} is never retried`,
    });
  });

  it("keeps to the phase's ceiling whatever the class allows", () => {
    const codes = ['IdeaMine.Transient', 'IdeaMine.Transient', 'IdeaMine.Transient'];
    expect(nextMove({ codes, ceiling: { attempts: 3, baseMs: 0 }, random: 0 }).move).toBe('fail');
    expect(nextMove({ codes: codes.slice(1), ceiling: { attempts: 3, baseMs: 0 }, random: 0 }).move).toBe('retry');
  });

  it('counts each class by itself', () => {
    const codes = ['IdeaMine.Schema', 'IdeaMine.Transient', 'IdeaMine.Schema'];
    expect(nextMove({ codes, ceiling, random: 0 })).toMatchObject({
      move: 'fail',
      reason: expect.stringContaining('repair'),
    });
  });

  it('climbs the ladder as long as there is a rung', () => {
    const codes = Array(4).fill('IdeaMine.ToolInfrastructure');
    expect(nextMove({ codes, ceiling, random: 0, rungsLeft: 1 }).move).toBe('next-rung');
    expect(nextMove({ codes, ceiling, random: 0, rungsLeft: 0 })).toMatchObject({ move: 'fail' });
  });
});

describe('worstCaseCalls', () => {
  it('adds one call for each attempt after the first, since steps are memoised, and lets each be repaired once', () => {
    expect(worstCaseCalls(3, 1)).toBe(6);
    expect(worstCaseCalls(5, 4)).toBe(16);
    expect(worstCaseCalls(5, 0)).toBe(0);
  });

  it('is reached and never passed by what nextMove allows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.infiniteStream(
          fc.constantFrom('IdeaMine.Transient', 'IdeaMine.Schema', 'IdeaMine.Ungrounded', 'IdeaMine.Unknown'),
        ),
        (attempts, failures) => {
          const codes: string[] = [];
          let calls = 0;
          for (const code of failures) {
            calls += code === 'IdeaMine.Schema' ? 2 : 1;
            codes.push(code);
            if (nextMove({ codes, ceiling: { attempts, baseMs: 0 }, random: 0.5 }).move === 'fail') break;
          }
          expect(calls).toBeLessThanOrEqual(worstCaseCalls(attempts, 1));
        },
      ),
    );
  });
});
