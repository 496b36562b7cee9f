// Waits until the ledger function has numbered what the phases' ends left in the outbox, so that the dossier holds the
// whole ledger. The stream is quick but not instant; after a while the dossier is made with what is there.

import { getMarker } from '../../store/ledger.ts';
import type { PhaseRow } from '../../store/phases.ts';
import type { Table } from '../../store/table.ts';

export interface SettledDeps {
  readonly ledger: Table;
  readonly pause: (ms: number) => Promise<void>;
}

const PAUSE_MS = 250;
const MOST_PAUSES = 80;

/** @returns whether everything was numbered in time. */
export async function untilNumbered(deps: SettledDeps, rows: readonly PhaseRow[]): Promise<boolean> {
  let open = rows.filter(({ endedAt }) => endedAt !== undefined);
  for (let pause = 0; pause < MOST_PAUSES; pause += 1) {
    const marked = await Promise.all(open.map((row) => getMarker(deps.ledger, row.runId, phaseEndId(row))));
    open = open.filter((_, index) => marked[index] === undefined);
    if (open.length === 0) return true;
    await deps.pause(PAUSE_MS);
  }
  return false;
}

/** Id of the outbox item that reports a phase's end. */
export const phaseEndId = (row: Pick<PhaseRow, 'phase' | 'attempt'>): string =>
  `phase.ended.${row.phase}.${row.attempt}`;
