// Reads everything a dossier is made from.

import type { DossierSource, SourceArtifact, SourcePhase } from '../../core/dossier/source.ts';
import { IdeaMineError } from '../../core/errors.ts';
import type { GateReport } from '../../core/gates/report.ts';
import { getEnvelope, listArtifacts } from '../../store/artifacts.ts';
import { type AttemptRow, listAttempts } from '../../store/attempts.ts';
import { objects } from '../../store/keys.ts';
import { readLedger } from '../../store/ledger.ts';
import { type Bucket, getText } from '../../store/objects.ts';
import type { PhaseRow } from '../../store/phases.ts';
import type { Table } from '../../store/table.ts';
import type { Pinned } from '../pinned.ts';
import type { Outcome } from './outcome.ts';

export interface SourceDeps {
  /** Whether dossiers are signed. */
  readonly signs: boolean;
  readonly table: Table;
  readonly ledger: Table;
  readonly bucket: Bucket;
}

export async function dossierSource(
  deps: SourceDeps,
  { run, pipeline }: Pinned,
  rows: readonly PhaseRow[],
  outcome: Outcome,
  endedAt: string,
): Promise<DossierSource> {
  const idea = await getText(deps.bucket, objects.idea(run.runId));
  if (idea === undefined) throw new IdeaMineError('IdeaMine.Corrupt', `the idea of run ${run.runId} is gone`);
  const attempts = await listAttempts(deps.table, run.runId);
  return {
    run: {
      runId: run.runId,
      name: run.name,
      ...outcome,
      startedAt: run.startedAt,
      endedAt,
      gates: run.gates,
      budgetUsdMicros: run.budgetUsdMicros,
    },
    pipeline,
    pipelineHash: run.pipeline.hash,
    idea,
    artifacts: await artifactsOf(deps, run.runId),
    phases: await Promise.all(rows.map((row) => phaseOf(deps.bucket, row, attempts))),
    entries: await readLedger(deps.ledger, run.runId),
    // Releases are not followed from run to run yet: every dossier is a first one.
    previousVersion: null,
    change: 'other',
    signs: deps.signs,
  };
}

async function artifactsOf(deps: SourceDeps, runId: string): Promise<SourceArtifact[]> {
  const rows = await listArtifacts(deps.table, runId);
  return Promise.all(
    rows.map(async (row) => {
      const { type, madeBy, content } = await getEnvelope(deps.bucket, runId, row);
      return { type, sha256: row.sha256, madeBy, content };
    }),
  );
}

async function phaseOf(bucket: Bucket, row: PhaseRow, attempts: readonly AttemptRow[]): Promise<SourcePhase> {
  const gated = attempts.findLast(({ phase, report }) => phase === row.phase && report !== undefined);
  return {
    phase: row.phase,
    verdict: row.verdict,
    score: row.score,
    reason: row.reason,
    attempts: row.attempt,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    waiver: row.waiver,
    report: gated?.report === undefined ? undefined : await reportOf(bucket, gated.report.key),
  };
}

async function reportOf(bucket: Bucket, key: string): Promise<GateReport> {
  const text = await getText(bucket, key);
  if (text === undefined) throw new IdeaMineError('IdeaMine.Corrupt', `${key} is gone`);
  return JSON.parse(text) as GateReport;
}
