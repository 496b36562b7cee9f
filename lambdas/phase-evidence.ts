// What a phase's results are held against while they are still in hand: the idea, what the phase was given, and the results.

import { IdeaMineError } from '../core/errors.ts';
import type { Evidence } from '../core/gates/criterion.ts';
import { IDEA, type Phase } from '../core/pipeline/model.ts';
import { getEnvelope, listArtifacts } from '../store/artifacts.ts';
import { objects } from '../store/keys.ts';
import { type Bucket, getText } from '../store/objects.ts';
import type { Table } from '../store/table.ts';
import type { Contents } from './round-results.ts';

export interface EvidenceDeps {
  readonly table: Table;
  readonly bucket: Bucket;
}

export async function evidenceFor(
  { table, bucket }: EvidenceDeps,
  runId: string,
  phase: Phase,
  made: Contents,
): Promise<Evidence> {
  const idea = await getText(bucket, objects.idea(runId));
  if (idea === undefined) throw new IdeaMineError('IdeaMine.Corrupt', `the idea of run ${runId} is gone`);
  const rows = (await listArtifacts(table, runId)).filter(({ type }) => type !== IDEA && phase.needs.includes(type));
  const given = await Promise.all(
    rows.map(async (row) => [row.type, (await getEnvelope(bucket, runId, row)).content] as const),
  );
  return { idea, artifacts: { ...Object.fromEntries(given), ...made }, makes: phase.makes };
}
