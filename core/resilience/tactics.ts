// What the next attempt of a task does otherwise, when the last one stalled or hardly got on. Each tactic changes
// something real, and one that cannot change anything for this task is passed over.

export type Tactic = 'smaller-batch' | 'alternate-model' | 'stricter-prompt';

/** In the order they are taken (spec §3). */
const TACTICS: readonly Tactic[] = ['smaller-batch', 'alternate-model', 'stricter-prompt'];

export interface Levers {
  /** Items the task works on at a time; null when it shares out no list. */
  readonly batch: number | null;
  /** Models of the agent's ladder that come after the one it has. */
  readonly rungsLeft: number;
  readonly strict: boolean;
}

/** @param plateaus how many there were, this one included, from 1. @returns null when nothing is left to change. */
export function tacticAfter(plateaus: number, levers: Levers): Tactic | null {
  return TACTICS.slice(Math.min(plateaus, TACTICS.length) - 1).find((tactic) => isOpen(tactic, levers)) ?? null;
}

/** A stalled worker that finished nothing gets less to do at a time; one that did goes on from what it finished. */
export function tacticAfterStall(levers: Levers, finishedSteps: number): Tactic | null {
  return finishedSteps === 0 && isOpen('smaller-batch', levers) ? 'smaller-batch' : null;
}

function isOpen(tactic: Tactic, { batch, rungsLeft, strict }: Levers): boolean {
  if (tactic === 'smaller-batch') return batch !== null && batch > 1;
  return tactic === 'alternate-model' ? rungsLeft > 0 : !strict;
}

/** Half of the batch, at least one item. */
export const smallerBatch = (size: number): number => Math.max(1, Math.floor(size / 2));
