import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sum } from '../../../core/budget/amount.ts';
import { attemptShare, scaleUsd, taskShares, taskWallMs } from '../../../core/budget/shares.ts';
import { split, splitAmount } from '../../../core/budget/split.ts';

const amount = fc.record({ tokens: fc.nat(), toolMs: fc.nat(), usdMicros: fc.nat() });
const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 40 });

describe('split', () => {
  it('sums to the whole, and no part is a unit or more off its due', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), weights, (whole, shares) => {
        const parts = split(whole, shares);
        expect(parts.map(BigInt).reduce((a, b) => a + b, 0n)).toBe(BigInt(whole));
        const total = shares.reduce((a, b) => a + b, 0);
        if (total > 0) {
          parts.forEach((part, index) => {
            const due = (BigInt(whole) * BigInt(shares[index] as number)) / BigInt(total);
            expect(BigInt(part) - due === 0n || BigInt(part) - due === 1n).toBe(true);
          });
        }
      }),
    );
  });

  it('gives what is left over to the largest remainders, of equal ones to the first', () => {
    expect(split(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(split(5, [3, 7])).toEqual([2, 3]);
    expect(split(7, [0, 0])).toEqual([4, 3]);
    expect(split(7, [0, 1])).toEqual([0, 7]);
  });

  it.each([
    [-1, [1]],
    [1.5, [1]],
    [3, []],
    [3, [-1]],
    [3, [0.5]],
  ] as [number, number[]][])('refuses %s over %s', (whole, shares) => {
    expect(() => split(whole, shares)).toThrow(/^split: expected/);
  });

  it('splits each dimension on its own', () => {
    fc.assert(fc.property(amount, weights, (whole, shares) => expect(sum(splitAmount(whole, shares))).toEqual(whole)));
  });
});

describe('shares of a phase', () => {
  it('keep half back for a fix, and give the last attempt all that is left', () => {
    const left = { tokens: 101, toolMs: 60_000, usdMicros: 1 };
    expect(attemptShare(left, 1, 3)).toEqual({ tokens: 51, toolMs: 30_000, usdMicros: 1 });
    expect(attemptShare(left, 3, 3)).toEqual(left);
  });

  it('of tasks never pass what there is, and with no wave to come use all of it', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 30 }), fc.nat(30), (left, tasks, later) => {
        const total = sum(taskShares(left, tasks, later));
        expect(total.tokens <= left.tokens && total.toolMs <= left.toolMs && total.usdMicros <= left.usdMicros).toBe(
          true,
        );
        expect(sum(taskShares(left, tasks, 0))).toEqual(left);
      }),
    );
    expect(taskShares({ tokens: 5, toolMs: 5, usdMicros: 5 }, 0, 3)).toEqual([]);
  });

  it('keep the weight of waves to come', () => {
    expect(taskShares({ tokens: 90, toolMs: 0, usdMicros: 0 }, 1, 2).map(({ tokens }) => tokens)).toEqual([30]);
  });

  it('of wall time are split over waves, never below a second', () => {
    expect(taskWallMs(900_000, 3)).toBe(300_000);
    expect(taskWallMs(500, 3)).toBe(1000);
    expect(taskWallMs(900_000, 0)).toBe(900_000);
  });
});

describe('scaleUsd', () => {
  const caps = [500_000, 2_000_000, 1_500_000];

  it('leaves the phases their caps when the run has their sum', () => {
    expect(scaleUsd(4_000_000, caps)).toEqual(caps);
  });

  it('is in proportion otherwise, to the micro-USD', () => {
    expect(scaleUsd(400_000, caps)).toEqual([50_000, 200_000, 150_000]);
    fc.assert(
      fc.property(fc.nat(200_000_000), (run) => expect(scaleUsd(run, caps).reduce((a, b) => a + b, 0)).toBe(run)),
    );
  });
});
