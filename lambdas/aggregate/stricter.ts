// What an attempt that validates more strictly does before it hands on: see core/gates/withdraw.ts. What was withdrawn is a
// decision on the ledger.

import { withdrawUnsupported } from '../../core/gates/withdraw.ts';
import type { LedgerEntryDraft } from '../../core/ledger/entry.ts';
import type { Phase } from '../../core/pipeline/model.ts';
import type { AttemptRow } from '../../store/attempts.ts';
import { decision } from '../entries.ts';
import { type EvidenceDeps, evidenceFor } from '../phase-evidence.ts';
import type { Contents } from '../round-results.ts';

export interface Checked {
  readonly contents: Contents;
  readonly entries: readonly LedgerEntryDraft[];
}

export async function stricter(
  deps: EvidenceDeps,
  runId: string,
  phase: Phase,
  attempt: AttemptRow,
  contents: Contents,
): Promise<Checked> {
  if (attempt.directions?.validation !== 'strict') return { contents, entries: [] };
  const checked = withdrawUnsupported(await evidenceFor(deps, runId, phase, contents));
  if (checked.withdrawn.length === 0) return { contents, entries: [] };
  const withdrawn = checked.withdrawn.map((one) => ({ ...one }));
  return {
    contents: { ...contents, ...checked.contents },
    entries: [
      decision('validation', { phase: phase.id, attempt: attempt.attempt, decided: 'statements withdrawn', withdrawn }),
    ],
  };
}
