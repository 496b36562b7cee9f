// Whether an attempt has used up its wall time. What was paid for is handed to the gate, but no further round is begun; the
// event and the ledger say so once, with the round that ended late.

import type { LedgerEntryDraft } from '../../core/ledger/entry.ts';
import type { EventDraft } from '../../core/ledger/event.ts';
import type { Phase } from '../../core/pipeline/model.ts';
import type { AttemptRow } from '../../store/attempts.ts';
import { decision } from '../entries.ts';

/** @returns ms by which it is late; undefined while there is time. */
export function lateMs(phase: Phase, attempt: AttemptRow, at: string): number | undefined {
  const late = Date.parse(at) - Date.parse(attempt.startedAt) - phase.budget.wallMinutes * 60_000;
  return late > 0 ? late : undefined;
}

export interface Told {
  readonly entries: readonly LedgerEntryDraft[];
  readonly events: readonly EventDraft[];
}

/** @param late see lateMs; undefined: nothing to say. */
export function timeoutTold({ phase, attempt }: AttemptRow, wallMinutes: number, round: number, late?: number): Told {
  if (late === undefined) return { entries: [], events: [] };
  const because = `its ${wallMinutes} minutes are over, ${Math.round(late / 1000)} s ago: no further round is begun`;
  return {
    entries: [decision('aggregate', { phase, attempt, decided: 'out of time', because, round })],
    events: [
      { type: 'phase.timeout', phase, detail: { attempt, round, wallMinutes, lateSeconds: Math.round(late / 1000) } },
    ],
  };
}
