// A run's record as the store has it: its entries and its seals. Of a run whose entries have expired the sealed segments
// are what is left, and they hold the same entries.

import type { LedgerEntry } from '../core/ledger/entry.ts';
import type { Seal } from '../core/ledger/seal.ts';
import { readLedger } from '../store/ledger.ts';
import { getSegment, listSeals } from '../store/seals.ts';
import type { Stage } from './stage.ts';

export interface RunRecord {
  readonly entries: readonly LedgerEntry[];
  readonly seals: readonly Seal[];
  /** The entries have expired and come from the sealed segments. */
  readonly fromSegments: boolean;
}

export const NO_RECORD: RunRecord = { entries: [], seals: [], fromSegments: false };

export async function readRecord(stage: Stage, runId: string): Promise<RunRecord> {
  const [entries, seals] = await Promise.all([readLedger(stage.ledger, runId), listSeals(stage.sealed, runId)]);
  if (entries.length > 0 || seals.length === 0) return { entries, seals, fromSegments: false };
  const segments = await Promise.all(seals.map(({ statement }) => getSegment(stage.sealed, statement)));
  const lines = segments.join('').trimEnd().split('\n');
  return { entries: lines.map((line) => JSON.parse(line) as LedgerEntry), seals, fromSegments: true };
}
