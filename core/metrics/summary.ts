// What many numbers come to: how many, their mean, median and 95th percentile.

import { mean, quantile } from 'simple-statistics';

export interface Summary {
  readonly count: number;
  /** Rounded to whole units; null of no numbers. */
  readonly mean: number | null;
  readonly median: number | null;
  readonly p95: number | null;
}

export function summaryOf(values: readonly number[]): Summary {
  if (values.length === 0) return { count: 0, mean: null, median: null, p95: null };
  const list = [...values];
  return {
    count: list.length,
    mean: Math.round(mean(list)),
    median: Math.round(quantile(list, 0.5)),
    p95: Math.round(quantile(list, 0.95)),
  };
}
