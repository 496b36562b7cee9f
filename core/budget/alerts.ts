// What the use of a budget sets off: alerts at 50, 80 and 95 %, half concurrency from 80 %, the end at 100 % (spec §4).
// The most used dimension counts.

import { type Amount, dimensions } from './amount.ts';

const ALERT_PERCENTS = [50, 80, 95, 100] as const;
const HALF_CONCURRENCY_PERCENT = 80;

/** Percent of the cap that is spent, in the dimension where that is most; rounded down. A cap of 0 is used up by anything. */
export function usedPercent({ cap, spent }: { readonly cap: Amount; readonly spent: Amount }): number {
  return Math.max(
    ...dimensions.map((one) => {
      if (cap[one] === 0) return spent[one] > 0 ? 100 : 0;
      return Number((BigInt(spent[one]) * 100n) / BigInt(cap[one]));
    }),
  );
}

/** Alerts that this step has set off: above `before` percent, at or below `after`. */
export function alertsBetween(before: number, after: number): number[] {
  return ALERT_PERCENTS.filter((percent) => before < percent && after >= percent);
}

/** Tasks side by side of the next fan-out. */
export function concurrencyAt(concurrency: number, percent: number): number {
  return percent >= HALF_CONCURRENCY_PERCENT ? Math.max(1, Math.floor(concurrency / 2)) : concurrency;
}
