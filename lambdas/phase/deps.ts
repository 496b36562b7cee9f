// What the operations of the phase function share.

import type { Bucket } from '../../store/objects.ts';
import type { PhaseRow } from '../../store/phases.ts';
import type { Table } from '../../store/table.ts';
import type { Schedules } from '../clients/scheduler.ts';
import type { PhaseState } from '../messages.ts';
import type { Pipelines } from '../pinned.ts';

export interface PhaseDeps {
  readonly table: Table;
  readonly bucket: Bucket;
  readonly pipelines: Pipelines;
  readonly schedules: Schedules;
  /** ARN of the function that timers call. */
  readonly timerFunction: string;
  readonly now: () => string;
}

export function stateOf(row: PhaseRow, next: PhaseState['next']): PhaseState {
  return { runId: row.runId, phase: row.phase, attempt: row.attempt, next, ok: row.status === 'handed-on' };
}
