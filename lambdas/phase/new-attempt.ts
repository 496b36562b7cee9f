// An attempt that is about to begin.

import type { AttemptRow } from '../../store/attempts.ts';
import type { PhaseRow } from '../../store/phases.ts';

export interface Fixes {
  /** What it does otherwise than the one before. */
  readonly fixes: readonly string[];
  readonly strict: boolean;
}

export const newAttempt = (
  { runId, phase }: PhaseRow,
  attempt: number,
  startedAt: string,
  { fixes, strict }: Fixes,
): AttemptRow => ({ runId, phase, attempt, status: 'running', startedAt, strict, fixes, rounds: 0, last: null });
