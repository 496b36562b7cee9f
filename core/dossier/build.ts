// Builds the dossier of a run that has ended, however it ended.

import { isRecord } from '../gates/evidence/look.ts';
import { hashOf, sha256 } from '../json.ts';
import { costSummary } from '../ledger/costs.ts';
import { GENESIS, type LedgerEntry } from '../ledger/entry.ts';
import type { Phase } from '../pipeline/model.ts';
import { withoutFigures } from './figures.ts';
import type {
  ArtifactFigures,
  Decision,
  Dossier,
  DossierArtifact,
  DossierPhase,
  GateFigures,
  Span,
  Standing,
} from './model.ts';
import { nextVersion } from './semver.ts';
import { completenessOf, sectionsOf } from './slots.ts';
import type { DossierSource, SourcePhase } from './source.ts';

/** @throws BadInput when the previous version is no semantic version. */
export function buildDossier(source: DossierSource): Dossier {
  const { run, pipeline } = source;
  const sections = sectionsOf(source);
  const phases = pipeline.phases.map((phase) => phaseOf(phase, source.phases));
  const artifacts = artifactsOf(source);
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
      artifacts: artifacts.map(({ canonical }) => canonical),
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
      mode: run.gates,
      budgetUsdMicros: run.budgetUsdMicros,
      costs: costSummary(source.entries),
      artifacts: artifacts.map(({ measured }) => measured),
      gates: pipeline.phases.map(({ id }) => gateFiguresOf(id, source.phases)),
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
  const verdict = found === undefined ? 'not reached' : (found.verdict ?? 'unfinished');
  return {
    id,
    title,
    verdict,
    minimum: gate.minimum,
    waiver: found?.waiver === undefined ? null : { ...found.waiver },
  };
}

function gateFiguresOf(phase: string, begun: readonly SourcePhase[]): GateFigures {
  const found = begun.find((one) => one.phase === phase);
  return {
    phase,
    score: found?.score ?? null,
    attempts: found?.attempts ?? 0,
    reason: found?.reason ?? '',
    report: found?.report ?? null,
  };
}

interface SplitArtifact {
  readonly canonical: DossierArtifact;
  readonly measured: ArtifactFigures;
}

function artifactsOf({ pipeline, artifacts }: DossierSource): SplitArtifact[] {
  const order = pipeline.phases.flatMap(({ makes }) => makes);
  const rank = (type: string): number => (order.includes(type) ? order.indexOf(type) : order.length);
  return artifacts
    .map(({ type, sha256: envelope, madeBy, content: whole }): SplitArtifact => {
      const { content, figures } = withoutFigures(whole);
      return {
        canonical: { type, sha256: hashOf(content), ...madeBy, content },
        measured: { type, sha256: envelope, figures },
      };
    })
    .sort((a, b) => {
      const [left, right] = [a.canonical.type, b.canonical.type];
      return rank(left) - rank(right) || (left < right ? -1 : 1);
    });
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
