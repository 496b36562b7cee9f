// The ledger entry of an artifact that is handed on.

import type { LedgerEntryDraft } from '../../core/ledger/entry.ts';
import type { ArtifactRef } from '../../store/artifacts.ts';
import type { TaskRow } from '../../store/task-row.ts';
import type { RoundMessage } from '../messages.ts';
import type { Made } from '../round-results.ts';
import { TOOL } from '../version.ts';

export interface KeptArtifact {
  readonly type: string;
  readonly ref: ArtifactRef;
  /** Who drafted some of it; null when it was derived. */
  readonly model: NonNullable<TaskRow['model']> | null;
}

export function artifactEntry(
  message: RoundMessage,
  { type, ref, model }: KeptArtifact,
  rows: readonly TaskRow[],
  agents: Made['agents'],
): LedgerEntryDraft {
  const results = rows.flatMap((row) => (row.status === 'committed' && row.result ? [row.result.sha256] : []));
  return {
    kind: 'artifact',
    who: `phase:${message.phase}`,
    tool: TOOL,
    inputs: [...new Set(results)].sort(),
    body: {
      type,
      phase: message.phase,
      attempt: message.attempt,
      sha256: ref.sha256,
      bytes: ref.bytes,
      agents: [...(agents[type] ?? [])],
      model,
    },
  };
}
