// Whether a task that still beats also gets on: least squares over its last reports of progress.

import { linearRegression } from 'simple-statistics';

export const MOST_POINTS = 10;
const LEAST_POINTS = 5;
/** Progress a point, as a share of the whole (spec §3): at a point a minute, a task of 200 minutes. */
const LEAST_SLOPE = 0.005;
const MINUTES_AT_LEAST_SLOPE = 200;

/** A task that may take longer may also go slower: half of what would finish it in its time. */
export function leastSlopeOf(timeoutSeconds: number): number {
  const minutes = timeoutSeconds / 60;
  return minutes <= MINUTES_AT_LEAST_SLOPE ? LEAST_SLOPE : Math.min(LEAST_SLOPE, 0.5 / minutes);
}

/** @param reports progress 0..1, oldest first. @returns share a report; null with too few of them. */
export function progressSlope(reports: readonly number[]): number | null {
  const last = reports.slice(-MOST_POINTS);
  if (last.length < LEAST_POINTS) return null;
  return linearRegression(last.map((progress, index) => [index, progress])).m;
}

/** An unfinished task that hardly gets on. */
export function hasPlateaued(reports: readonly number[], leastSlope = LEAST_SLOPE): boolean {
  const slope = progressSlope(reports);
  return slope !== null && slope < leastSlope && (reports.at(-1) ?? 0) < 1;
}
