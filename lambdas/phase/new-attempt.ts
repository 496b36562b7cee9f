// Opens an attempt with the fixes it is to carry out. One that is open stays as it is.

import { beginAttempt } from '../../store/attempts.ts';
import type { PhaseRow } from '../../store/phases.ts';
import type { PhaseDeps } from './deps.ts';

export async function newAttempt(
  deps: PhaseDeps,
  row: PhaseRow,
  fixes: readonly string[],
  strict: boolean,
): Promise<void> {
  await beginAttempt(deps.table, {
    runId: row.runId,
    phase: row.phase,
    attempt: row.attempt,
    status: 'running',
    startedAt: deps.now(),
    strict,
    fixes,
    rounds: 0,
    last: null,
  });
}
