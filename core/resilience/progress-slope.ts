// Whether a task that still beats also gets on: least squares over its last reports of progress.

import { linearRegression } from 'simple-statistics';

const MOST_POINTS = 10;
const LEAST_POINTS = 5;
/** Progress a report, as a share of the whole (spec §3). */
const LEAST_SLOPE = 0.005;

/** @param reports progress 0..1, oldest first. @returns share a report; null with too few of them. */
export function progressSlope(reports: readonly number[]): number | null {
  const last = reports.slice(-MOST_POINTS);
  if (last.length < LEAST_POINTS) return null;
  return linearRegression(last.map((progress, index) => [index, progress])).m;
}

/** An unfinished task that hardly gets on. */
export function hasPlateaued(reports: readonly number[]): boolean {
  const slope = progressSlope(reports);
  return slope !== null && slope < LEAST_SLOPE && (reports.at(-1) ?? 0) < 1;
}

export type Tactic = 'smaller-batch' | 'alternate-tool' | 'stricter-prompt';
const TACTICS: readonly Tactic[] = ['smaller-batch', 'alternate-tool', 'stricter-prompt'];

/** What the next attempt does otherwise. @param plateaus how many there were, this one included, from 1. */
export function tacticAfter(plateaus: number): Tactic {
  return TACTICS[Math.min(plateaus, TACTICS.length) - 1] ?? 'smaller-batch';
}

/** Half of the batch, at least one item. */
export const smallerBatch = (size: number): number => Math.max(1, Math.floor(size / 2));
