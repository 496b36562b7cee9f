// What a gate looks at: what the attempt has made, what the phase was given, and the idea.

import { IdeaMineError } from '../../core/errors.ts';
import type { Evidence } from '../../core/gates/criterion.ts';
import { IDEA, type Phase } from '../../core/pipeline/model.ts';
import { type ArtifactRow, getEnvelope, listArtifacts } from '../../store/artifacts.ts';
import type { AttemptRow } from '../../store/attempts.ts';
import { objects } from '../../store/keys.ts';
import { type Bucket, getText } from '../../store/objects.ts';
import { getObject } from '../../store/payload.ts';
import type { Table } from '../../store/table.ts';

type Judgements = NonNullable<Evidence['judgements']>;

export interface Gathered {
  readonly evidence: Evidence;
  /** Every artifact looked at, in order of type. */
  readonly looked: readonly Looked[];
}

export type Looked = Pick<ArtifactRow, 'type' | 'sha256' | 'bytes'>;

export async function gatherEvidence(
  deps: { readonly table: Table; readonly bucket: Bucket },
  runId: string,
  phase: Phase,
  attempt: Pick<AttemptRow, 'attempt' | 'judgements' | 'directions'>,
): Promise<Gathered> {
  const idea = await getText(deps.bucket, objects.idea(runId));
  if (idea === undefined) throw new IdeaMineError('IdeaMine.Corrupt', `the idea of run ${runId} is gone`);
  const rows = (await listArtifacts(deps.table, runId)).filter((row) => concerns(row, phase, attempt.attempt));
  const envelopes = await Promise.all(rows.map((row) => getEnvelope(deps.bucket, runId, row)));
  const authors = envelopes.flatMap(({ madeBy }) =>
    madeBy.provider === null ? [] : [`${madeBy.provider}/${madeBy.model}`],
  );
  return {
    evidence: {
      idea,
      artifacts: Object.fromEntries(envelopes.map(({ type, content }) => [type, content])),
      makes: phase.makes,
      ...(attempt.directions ? { scope: attempt.directions.scope } : {}),
      authors: [...new Set(authors)].sort(),
      ...(attempt.judgements
        ? { judgements: (await getObject(deps.bucket, runId, attempt.judgements)) as unknown as Judgements }
        : {}),
    },
    looked: rows.toSorted((a, b) => (a.type < b.type ? -1 : 1)),
  };
}

/** Of what the phase makes only this attempt's; an older attempt's is not what is judged. */
function concerns(row: ArtifactRow, phase: Phase, attempt: number): boolean {
  if (phase.makes.includes(row.type)) return row.phase === phase.id && row.attempt === attempt;
  return row.type !== IDEA && phase.needs.includes(row.type);
}
