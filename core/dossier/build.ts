// Builds the dossier of a run that has ended, however it ended.

import { isRecord } from '../gates/evidence/look.ts';
import { sha256 } from '../json.ts';
import { costSummary } from '../ledger/costs.ts';
import { GENESIS, type LedgerEntry } from '../ledger/entry.ts';
import type { Phase } from '../pipeline/model.ts';
import type { Decision, Dossier, DossierArtifact, DossierPhase, Span, Standing } from './model.ts';
import { nextVersion } from './semver.ts';
import { completenessOf, sectionsOf } from './slots.ts';
import type { DossierSource, SourcePhase } from './source.ts';

/** @throws BadInput when the previous version is no semantic version. */
export function buildDossier(source: DossierSource): Dossier {
  const { run, pipeline } = source;
  const sections = sectionsOf(source);
  const phases = pipeline.phases.map((phase) => phaseOf(phase, source.phases));
  return {
    format: 'ideamine.dossier/1',
    canonical: {
      title: titleOf(source),
      version: nextVersion(source.previousVersion, source.change),
      standing: standingOf(phases),
      idea: { sha256: sha256(source.idea), text: source.idea },
      pipeline: { name: pipeline.name, version: pipeline.version, title: pipeline.title, hash: source.pipelineHash },
      completeness: completenessOf(sections),
      sections,
      artifacts: artifactsOf(source),
      phases,
    },
    measured: {
      runId: run.runId,
      name: run.name,
      status: run.status,
      cause: run.cause,
      startedAt: run.startedAt,
      endedAt: run.endedAt,
      durationMs: Date.parse(run.endedAt) - Date.parse(run.startedAt),
      gates: run.gates,
      budgetUsdMicros: run.budgetUsdMicros,
      costs: costSummary(source.entries),
      timeline: timelineOf(source),
      decisions: source.entries.filter(({ kind }) => kind === 'decision').map(decisionOf),
      ledger: { entries: source.entries.length, head: source.entries.at(-1)?.hash ?? GENESIS },
      signature: null,
    },
  };
}

/** The name the idea gives its product, else the run's. */
function titleOf({ artifacts, run }: DossierSource): string {
  const spec = artifacts.find(({ type }) => type === 'IdeaSpec')?.content;
  const title = isRecord(spec) && isRecord(spec.title) ? spec.title.text : undefined;
  return typeof title === 'string' && title !== 'UNKNOWN' ? title : run.name;
}

function standingOf(phases: readonly DossierPhase[]): Standing {
  if (phases.some(({ verdict }) => ['failed', 'unfinished', 'not reached'].includes(verdict))) return 'partial';
  return phases.every(({ verdict }) => verdict === 'passed') ? 'released' : 'advised';
}

function phaseOf({ id, title, gate }: Phase, begun: readonly SourcePhase[]): DossierPhase {
  const found = begun.find(({ phase }) => phase === id);
  const common = { id, title, minimum: gate.minimum };
  if (found === undefined) {
    return { ...common, verdict: 'not reached', score: null, attempts: 0, reason: '', waiver: null, report: null };
  }
  return {
    ...common,
    verdict: found.verdict ?? 'unfinished',
    score: found.score ?? null,
    attempts: found.attempts,
    reason: found.reason ?? '',
    waiver: found.waiver === undefined ? null : { ...found.waiver },
    report: found.report ?? null,
  };
}

function artifactsOf({ pipeline, artifacts }: DossierSource): DossierArtifact[] {
  const order = pipeline.phases.flatMap(({ makes }) => makes);
  const rank = (type: string): number => (order.includes(type) ? order.indexOf(type) : order.length);
  return artifacts
    .map(({ type, sha256: hash, madeBy, content }) => ({ type, sha256: hash, ...madeBy, content }))
    .sort((a, b) => rank(a.type) - rank(b.type) || (a.type < b.type ? -1 : 1));
}

function timelineOf({ pipeline, phases, run }: DossierSource): Span[] {
  const order = pipeline.phases.map(({ id }) => id);
  return phases
    .map(({ phase, startedAt, endedAt = run.endedAt }) => ({
      phase,
      title: pipeline.phases.find(({ id }) => id === phase)?.title ?? phase,
      startedAt,
      endedAt,
      durationMs: Date.parse(endedAt) - Date.parse(startedAt),
    }))
    .sort(
      (a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt) || order.indexOf(a.phase) - order.indexOf(b.phase),
    );
}

function decisionOf({ seq, at, who, body }: LedgerEntry): Decision {
  const fields = isRecord(body) ? body : {};
  const text = (name: string): string | null => (typeof fields[name] === 'string' ? fields[name] : null);
  return {
    seq,
    at,
    who,
    phase: text('phase'),
    decided: text('decided') ?? 'decided',
    because: text('because') ?? text('reason') ?? '',
  };
}
