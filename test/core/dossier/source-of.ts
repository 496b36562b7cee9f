// A run that has ended, as a dossier sees it: two phases, four slots, one artifact with unmeasured figures.

import type { DossierSource, SourceArtifact } from '../../../core/dossier/source.ts';
import type { Json } from '../../../core/json.ts';
import type { Phase, Pipeline } from '../../../core/pipeline/model.ts';
import { chainOf } from '../ledger/chain-of.ts';
import { phaseOf } from '../scheduling/phase-of.ts';

const phase = (id: string, title: string, makes: string[]): Phase => ({
  ...phaseOf({ kind: 'sequential' }, []),
  id,
  title,
  makes,
});

const pipeline: Pipeline = {
  name: 'small',
  version: '1.2.3',
  title: 'A small pipeline',
  models: { standard: { provider: 'offline', model: 'extractive' } },
  dossier: {
    slots: [
      { id: 'prd', section: 'product', artifact: 'PRD' },
      { id: 'coverage', section: 'code', artifact: 'CoverageReport' },
      { id: 'notes', section: 'product', artifact: 'ReleaseNotes' },
      { id: 'signature', section: 'code', artifact: 'Signature' },
    ],
  },
  phases: [phase('intake', 'Intake', ['IdeaSpec', 'PRD']), phase('build', 'Build', ['CoverageReport', 'ReleaseNotes'])],
  budget: { usdMicros: 2_000_000 },
};

export const artifact = (type: string, content: Json, madeIn = 'intake'): SourceArtifact => ({
  type,
  sha256: type.padEnd(64, '0'),
  madeBy: { phase: madeIn, agents: [`${type.toLowerCase()}-writer`], provider: 'offline', model: 'extractive' },
  content,
});

const claim = (text: string): Json => ({ text, cites: [{ source: 'Idea', pointer: '', start: 0, end: 5 }] });

export const IDEA_SPEC = artifact('IdeaSpec', { title: claim('Borrow Shed'), description: claim('It lends tools.') });
export const PRD = artifact('PRD', { overview: claim('Lends tools'), nfrs: [{ id: 'N1', statement: claim('Fast') }] });
const unmeasured: Json = { status: 'unmeasured', reason: 'no test runner' };
export const COVERAGE = artifact(
  'CoverageReport',
  { lines: unmeasured, branches: unmeasured, functions: unmeasured },
  'build',
);

export function sourceOf(rest: Partial<DossierSource> = {}): DossierSource {
  return {
    run: {
      runId: 'run-1',
      name: 'shed',
      status: 'SUCCEEDED',
      cause: 'finished',
      startedAt: '2026-11-22T08:00:00.000Z',
      endedAt: '2026-11-22T10:30:00.000Z',
      gates: 'advise',
      budgetUsdMicros: 2_000_000,
    },
    pipeline,
    pipelineHash: 'ab'.repeat(32),
    idea: '# Borrow Shed\n\nIt lends tools.\n',
    artifacts: [COVERAGE, PRD, IDEA_SPEC],
    phases: [
      {
        phase: 'build',
        verdict: 'advised',
        score: 0.5,
        reason: 'score 0.5 is below 0.75',
        attempts: 2,
        startedAt: '2026-11-22T09:00:00.000Z',
        endedAt: '2026-11-22T10:20:00.000Z',
      },
      {
        phase: 'intake',
        verdict: 'passed',
        score: 0.9,
        reason: 'the gate passed',
        attempts: 1,
        startedAt: '2026-11-22T08:00:05.000Z',
        endedAt: '2026-11-22T09:00:00.000Z',
      },
    ],
    entries: chainOf([
      { kind: 'decision', who: 'open', body: { decided: 'opened' } },
      { kind: 'cost', body: { phase: 'intake', agent: 'intake', tokens: 1200, usdMicros: 150, modelCalls: 2 } },
      {
        kind: 'decision',
        who: 'phase',
        body: { phase: 'build', decided: 'advised', because: 'score 0.5 is below 0.75' },
      },
    ]),
    signs: false,
    previousVersion: null,
    change: 'other',
    ...rest,
  };
}
