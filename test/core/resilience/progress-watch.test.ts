// A task that beats but does not get on is found; one that works, however quietly, is not.

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { watchProgress } from '../../../core/resilience/progress-watch.ts';

const beats = (count: number, each: (n: number) => void, slope = 0.005): number => {
  const watch = watchProgress(slope);
  for (let n = 1; n <= count; n += 1) {
    each.call(watch, n);
    if (watch.beat()) return n;
  }
  return 0;
};

describe('an agent that reports', () => {
  it('is found after five reports that hardly grow', () => {
    const watch = watchProgress(0.005);
    const found = Array.from({ length: 6 }, () => {
      watch.report(0.4);
      return watch.beat();
    });
    expect(found).toEqual([false, false, false, false, true, true]);
  });

  it('and then hangs is found within ten silent beats', () => {
    const watch = watchProgress(0.005);
    for (const fraction of [0.1, 0.2, 0.3, 0.4, 0.5]) {
      watch.report(fraction);
      expect(watch.beat()).toBe(false);
    }
    const found = Array.from({ length: 10 }, () => watch.beat());
    expect(found.indexOf(true)).toBeGreaterThanOrEqual(4);
  });

  it('often between two beats counts once: small steps are no plateau', () => {
    const watch = watchProgress(0.005);
    for (let item = 0; item < 1000; item += 1) {
      watch.report(item / 1000);
      if (item % 20 === 0) expect(watch.beat()).toBe(false);
    }
  });
});

describe('an agent that reports nothing', () => {
  it('is found when it gives no sign of life for ten beats', () => {
    expect(beats(20, () => undefined)).toBe(10);
  });

  it('is left alone while it is seen to work', async () => {
    const working = watchProgress(0.005);
    for (let n = 0; n < 50; n += 1) {
      await working.during(async () => undefined);
      expect(working.beat()).toBe(false);
    }
    const calling = watchProgress(0.005);
    let answer = (): void => undefined;
    const call = calling.during(() => new Promise<void>((resolve) => (answer = resolve)));
    for (let n = 0; n < 50; n += 1) expect(calling.beat()).toBe(false);
    answer();
    await call;
  });
});

it('never finds a task that gets on as fast as its time allows, however seldom it reports', () => {
  fc.assert(
    fc.property(fc.integer({ min: 15, max: 1500 }), fc.array(fc.boolean(), { maxLength: 60 }), (minutes, reports) => {
      const watch = watchProgress(Math.min(0.005, 0.5 / minutes));
      void watch.during(() => new Promise(() => undefined));
      return reports.every((report, index) => {
        if (report) watch.report(Math.min(1, (index + 1) / minutes));
        return !watch.beat();
      });
    }),
  );
});
