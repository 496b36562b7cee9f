// How a phase's budget is split before the work, so that no counter is shared by workers (no hot row).
// The budget is for all gate attempts together; what an attempt, a round or a task leaves returns to the phase and is
// there for the next split.

import type { Amount } from './amount.ts';
import { split, splitAmount } from './split.ts';

/**
 * What this attempt may spend of what is left: half, so that as much is kept for a fix as was spent on the first try,
 * and on the last attempt all of it.
 */
export function attemptShare(left: Amount, attempt: number, tries: number): Amount {
  return attempt >= tries ? left : (splitAmount(left, [1, 1])[0] as Amount);
}

/**
 * Shares of the tasks of one wave. Every task of this wave and of the waves still to come in the attempt weighs the
 * same; what later waves weigh stays back for them.
 * @param left of the attempt's share. @param laterTasks tasks in the waves still to come, 0 or more.
 */
export function taskShares(left: Amount, tasks: number, laterTasks: number): Amount[] {
  if (tasks === 0) return [];
  const weights = [...Array.from({ length: tasks }, () => 1), laterTasks];
  return splitAmount(left, weights).slice(0, tasks);
}

/** A run's money over its phases by their own caps: equal to them when the run has their sum, else in proportion. */
export function scaleUsd(runUsdMicros: number, phaseCaps: readonly number[]): number[] {
  return split(runUsdMicros, phaseCaps);
}

/** Wall time of one task in ms: the attempt's, shared by the waves that run one after the other; at least one second. */
export function taskWallMs(attemptWallMs: number, waves: number): number {
  return Math.max(1000, Math.floor(attemptWallMs / Math.max(1, waves)));
}
