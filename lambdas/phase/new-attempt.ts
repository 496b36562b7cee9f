// An attempt that is about to begin.

import { type Directions, noDirections } from '../../core/gates/directions.ts';
import type { ArtifactRef } from '../../store/artifacts.ts';
import type { AttemptRow } from '../../store/attempts.ts';
import type { PhaseRow } from '../../store/phases.ts';

export interface Fixes {
  /** What it does otherwise than the one before. */
  readonly fixes: readonly string[];
  readonly strict: boolean;
  readonly directions?: Directions;
  /** What earlier attempts have found out by asking. */
  readonly knowledge?: ArtifactRef | null;
}

export const newAttempt = (
  { runId, phase }: PhaseRow,
  attempt: number,
  startedAt: string,
  { fixes, strict, directions = noDirections, knowledge = null }: Fixes,
): AttemptRow => ({
  runId,
  phase,
  attempt,
  status: 'running',
  startedAt,
  strict,
  fixes,
  rounds: 0,
  last: null,
  directions,
  knowledge,
});
