// What the tasks of a wave may spend: shares of what the phase has left, split before the work so that no counter is
// shared. What a task does not spend is there again for the next split.

import { usedPercent } from '../../core/budget/alerts.ts';
import { type Amount, minus, plus } from '../../core/budget/amount.ts';
import { attemptShare, taskShares } from '../../core/budget/shares.ts';
import type { TaskName } from '../../store/keys.ts';
import type { TaskRow } from '../../store/task-row.ts';
import { spentBy } from '../spent.ts';

export interface WaveBudget {
  readonly shares: readonly Amount[];
  /** Percent of the phase's budget that is spent. */
  readonly usedPercent: number;
}

/**
 * @param cap of the phase over all its attempts. @param rows all tasks of the phase so far; those of this wave and of
 * later ones are left out, so that planning a wave again gives the same shares.
 */
export function waveBudget(
  cap: Amount,
  tries: number,
  name: Omit<TaskName, 'runId' | 'phase' | 'task'>,
  rows: readonly TaskRow[],
  counts: { readonly tasks: number; readonly laterTasks: number },
): WaveBudget {
  const before = spentBy(rows.filter((row) => row.attempt < name.attempt));
  const within = spentBy(rows.filter((row) => row.attempt === name.attempt && isBefore(row, name)));
  const ofAttempt = attemptShare(minus(cap, before), name.attempt, tries);
  return {
    shares: taskShares(minus(ofAttempt, within), counts.tasks, counts.laterTasks),
    usedPercent: usedPercent({ cap, spent: plus(before, within) }),
  };
}

const isBefore = (row: TaskName, name: Omit<TaskName, 'runId' | 'phase' | 'task'>): boolean =>
  row.round < name.round || (row.round === name.round && row.wave < name.wave);
