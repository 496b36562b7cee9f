// The built-in pipeline, against a table of its own: every number a person decided stands here a second time.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { criticalPath, sequenceLength } from '../../../core/graph/critical-path.ts';
import { edgesOf } from '../../../core/graph/graph.ts';
import { phaseGraph } from '../../../core/graph/phase-graph.ts';
import { transitiveReduction } from '../../../core/graph/transitive-reduction.ts';
import { coreWords } from '../../../core/pipeline/core-words.ts';
import { loadPipelineOrThrow } from '../../../core/pipeline/load.ts';
import type { Phase } from '../../../core/pipeline/model.ts';

const file = 'pipelines/idea-to-release.yaml';
const text = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');

// id | needs | makes
const ARTIFACTS = `
intake | Idea | IdeaSpec, ConstraintsList
ideation | IdeaSpec, ConstraintsList | IdeationResult, CompetitiveAnalysis, TechStackProposal
critique | IdeationResult, CompetitiveAnalysis, TechStackProposal | CritiqueReport, RiskRegister, RevisedAssumptions
prd | IdeaSpec, CritiqueReport, RiskRegister, RevisedAssumptions | PRD, RTM, UserStories
bizdev | PRD, CompetitiveAnalysis | BusinessPlan, PricingModel, GTMStrategy
architecture | PRD, UserStories, TechStackProposal, RiskRegister | ArchitectureDoc, OpenAPI, DataModel, InfrastructureSpec
build | ArchitectureDoc, OpenAPI, DataModel, InfrastructureSpec, UserStories | SourceCode, TestSuite, CoverageReport, RepoManifest
security | SourceCode, RepoManifest, ArchitectureDoc | SecurityPack, SBOM, VulnerabilityScan, SecretsScanReport
story-loop | SourceCode, TestSuite, UserStories, OpenAPI | ImplementedStories, AcceptanceTestResults, StoryProgress
qa | ImplementedStories, AcceptanceTestResults, SecurityPack | TestReport, PerfReport, A11yAudit, CompatibilityMatrix
aesthetic | ImplementedStories, IdeaSpec | DesignSystem, StyleGuide, VisualAssets
release | TestReport, SBOM, DesignSystem, BusinessPlan, RepoManifest | ReleaseNotes, DeploymentPlan, RollbackPlan, CanaryRules, Documentation, DossierDraft
beta | ReleaseNotes, DeploymentPlan, RollbackPlan, CanaryRules, GTMStrategy | DeploymentReport, MonitoringDashboard, CanaryResults, BetaMetrics
`;

// id | mode, aggregation | agents | tokens | tool min | wall min | gate at least / tries | questions / grounding / rounds | attempts x base ms | micro-USD
const NUMBERS = `
intake | sequential merge | intake, constraints, requirements | 50000 | 5 | 15 | 0.75 / 3 | 5 / 0.75 / 3 | 3 x 1000 | 500000
ideation | parallel merge | strategy, competitive, tech-stack, persona | 100000 | 10 | 30 | 0.75 / 3 | 10 / 0.8 / 3 | 3 x 2000 | 2000000
critique | sequential merge | critique, risk-analysis, assumption-challenger | 75000 | 8 | 25 | 0.7 / 3 | 8 / 0.75 / 3 | 3 x 1500 | 1500000
prd | sequential merge | story-cutter, prd-writer, ux-flow, nfrs, trace-matrix | 200000 | 15 | 45 | 0.8 / 5 | 15 / 0.85 / 5 | 5 x 2000 | 1800000
bizdev | parallel merge | business-model, pricing, gtm, metrics | 100000 | 10 | 30 | 0.75 / 3 | 10 / 0.8 / 3 | 3 x 1500 | 2000000
architecture | parallel merge | architecture, data-model, api-design, infrastructure, security-architect | 250000 | 20 | 60 | 0.8 / 5 | 20 / 0.85 / 5 | 5 x 2000 | 2000000
build | atMost 2 merge | frontend, backend, database, integration, test | 500000 | 60 | 180 | 0.85 / 5 | 25 / 0.85 / 5 | 5 x 3000 | 1500000
security | parallel merge | sast, dast, dependency, secrets, sbom | 150000 | 30 | 60 | 0.9 / 5 | 15 / 0.9 / 5 | 5 x 2000 | 2000000
story-loop | iterative 100 concat | story-implementer, story-tester, story-validator | 400000 | 50 | 150 | 0.85 / 5 | 20 / 0.85 / 10 | 5 x 3000 | 10000000
qa | parallel merge | e2e-test, performance, load-test, accessibility, compatibility | 200000 | 40 | 90 | 0.9 / 5 | 15 / 0.85 / 5 | 5 x 2500 | 2000000
aesthetic | parallel merge | ui-polish, branding, animation, responsive | 150000 | 20 | 60 | 0.8 / 3 | 10 / 0.8 / 3 | 3 x 2000 | 1500000
release | sequential merge | release-notes, deployment, documentation, changelog | 100000 | 15 | 45 | 0.85 / 3 | 10 / 0.85 / 3 | 3 x 1500 | 2000000
beta | sequential merge | deploy, monitor, feedback, analytics | 100000 | 20 | 60 | 0.9 / 3 | 8 / 0.85 / 3 | 3 x 2000 | 2000000
`;

const WEIGHTS = `
intake | completeness 0.3, clarity 0.4, grounding 0.3
ideation | completeness 0.25, feasibility 0.35, grounding 0.4
critique | risk-coverage 0.4, assumption-quality 0.3, grounding 0.3
prd | completeness 0.25, consistency 0.25, grounding 0.3, coverage 0.2
bizdev | completeness 0.3, viability 0.4, grounding 0.3
architecture | completeness 0.25, scalability 0.25, security-controls 0.25, grounding 0.25
build | compilation 0.3, tests 0.3, test-coverage 0.2, grounding 0.2
security | vulnerabilities 0.4, secrets 0.3, sbom 0.15, grounding 0.15
story-loop | story-completion 0.35, acceptance-tests 0.35, grounding 0.3
qa | pass-rate 0.35, performance 0.3, accessibility 0.2, grounding 0.15
aesthetic | design-consistency 0.35, responsiveness 0.3, branding 0.2, grounding 0.15
release | completeness 0.4, documentation 0.3, grounding 0.3
beta | deployment-health 0.4, monitoring 0.3, canary 0.2, grounding 0.1
`;

/** What no phase may do: cite what is not there. */
const EVERYWHERE = 'citations atMost=0';

const GUARDS: Readonly<Record<string, readonly string[]>> = {
  intake: [
    'fields-present artifact=IdeaSpec fields=title,description,targetUsers required=always',
    'fields-present artifact=ConstraintsList fields=constraints',
    'clarity atLeast=0.7',
  ],
  ideation: [
    'fields-present artifact=IdeationResult fields=strategy,personas',
    'fields-present artifact=CompetitiveAnalysis fields=statusQuo',
    'fields-present artifact=TechStackProposal fields=choices',
  ],
  critique: ['risks-by-category atLeast=3 categories=technical,business,user', 'assumptions-challenged atLeast=5'],
  prd: [
    'fields-present artifact=UserStories fields=stories',
    'fields-present artifact=PRD fields=uxFlows,nfrs',
    'fields-present artifact=RTM fields=rows',
    'contradictions atMost=0',
    'items-at-least artifact=UserStories path=stories atLeast=5',
    'items-at-least artifact=PRD path=nfrs atLeast=3',
    'stories-traced',
    'scope artifact=UserStories path=stories atMost=40',
  ],
  bizdev: [
    'fields-present artifact=BusinessPlan fields=model,metrics',
    'fields-present artifact=PricingModel fields=strategy',
    'fields-present artifact=GTMStrategy fields=audience,message,channels',
    'pricing-arithmetic',
  ],
  architecture: [
    'items-at-least artifact=ArchitectureDoc path=diagrams atLeast=4',
    'security-controls atLeast=5',
    'openapi-valid',
    'data-model-valid',
  ],
  build: ['compilation', 'tests', 'test-coverage atLeast=0.7', 'lint errors=0 warnings=10'],
  security: [
    'vulnerabilities-by-severity critical=0 high=2 medium=10 required=when-available',
    'secrets atMost=0',
    'sbom atLeast=0.95',
    'licences required=when-available',
  ],
  'story-loop': ['story-completion stories=5', 'acceptance-tests atLeast=0.9'],
  qa: [
    'pass-rate atLeast=0.95',
    'response-time atMost=1000',
    'requests-per-second atLeast=100',
    'accessibility violations=0 required=when-available',
  ],
  aesthetic: [
    'design-consistency atLeast=0.85',
    'viewports widths=390,820,1280 required=when-available',
    'branding atLeast=0.8',
  ],
  release: [
    'fields-present artifact=ReleaseNotes fields=summary,entries',
    'fields-present artifact=DeploymentPlan fields=steps',
    'fields-present artifact=RollbackPlan fields=steps',
    'fields-present artifact=Documentation fields=sections',
    'semver-valid',
  ],
  beta: ['deployment-health atLeast=0.95', 'monitoring atLeast=1', 'canary atMost=0.01'],
};

// Agents are checked in test/examples/pipelines.test.ts, against the catalogue.
const pipeline = loadPipelineOrThrow(text, file, coreWords);

/** The lines of a table as the pipeline has them. */
function table(row: (phase: Phase) => string): string {
  return `\n${pipeline.phases.map((phase) => `${phase.id} | ${row(phase)}\n`).join('')}`;
}

describe('the built-in pipeline', () => {
  it('has its phases, in order, with what they need and make', () => {
    expect(table(({ needs, makes }) => `${needs.join(', ')} | ${makes.join(', ')}`)).toBe(ARTIFACTS);
  });

  it('has its agents and numbers', () => {
    const rows = table(({ mode, aggregation, agents, budget, gate, clarification, retry }) =>
      [
        [mode.kind, mode.atMost ?? mode.maxRounds, aggregation.kind].filter((word) => word !== undefined).join(' '),
        agents.map(({ id }) => id).join(', '),
        budget.tokens,
        budget.toolMinutes,
        budget.wallMinutes,
        `${gate.minimum} / ${gate.tries}`,
        `${clarification.questions} / ${clarification.grounding} / ${clarification.rounds}`,
        `${retry.attempts} x ${retry.baseMs}`,
        budget.usdMicros,
      ].join(' | '),
    );
    expect(rows).toBe(NUMBERS);
  });

  it('has the weights of its gates', () => {
    const rows = table(({ gate }) =>
      Object.entries(gate.weights)
        .map(([criterion, share]) => `${criterion} ${share}`)
        .join(', '),
    );
    expect(rows).toBe(WEIGHTS);
  });

  it('has the guards of its gates', () => {
    const found = pipeline.phases.map(({ id, gate }) => [
      id,
      gate.guards.map(({ criterion, required, ...parameters }) =>
        [
          criterion,
          ...Object.entries(parameters).map(([name, value]) => `${name}=${value}`),
          ...(required === undefined ? [] : [`required=${required}`]),
        ].join(' '),
      ),
    ]);
    const wanted = Object.entries(GUARDS).map(([phase, guards]) => [phase, [...guards, EVERYWHERE]]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
  });

  it('has a dossier of sixteen slots in five sections', () => {
    const sections = Object.groupBy(pipeline.dossier.slots, ({ section }) => section);
    expect(
      Object.entries(sections).map(
        ([section, slots]) => `${section}: ${slots?.map((slot) => slot.artifact).join(', ')}`,
      ),
    ).toEqual([
      'product: PRD, RTM, OpenAPI',
      'code: RepoManifest, TestReport, CoverageReport',
      'security: SecurityPack, SBOM, VulnerabilityScan, Signature',
      'quality: PerfReport, A11yAudit, ReleaseNotes',
      'deployment: DeploymentPlan, RollbackPlan, CanaryRules',
    ]);
  });

  it('costs 30.8 USD at most, takes 850 minutes in sequence and 700 on the critical path', () => {
    const graph = phaseGraph(pipeline.phases);
    const minutes = new Map(pipeline.phases.map(({ id, budget }) => [id, budget.wallMinutes]));
    const durationOf = (id: string) => minutes.get(id) as number;
    expect(pipeline.budget.usdMicros).toBe(30_800_000);
    expect(sequenceLength(graph, durationOf)).toBe(850);
    expect(criticalPath(graph, durationOf).length).toBe(700);
  });

  it('works side by side where nothing is waited for', () => {
    const edges = edgesOf(transitiveReduction(phaseGraph(pipeline.phases))).map((edge) => edge.join(' -> '));
    expect(edges).toEqual([
      'intake -> ideation',
      'ideation -> critique',
      'critique -> prd',
      'prd -> bizdev',
      'prd -> architecture',
      'bizdev -> release',
      'architecture -> build',
      'build -> security',
      'build -> story-loop',
      'security -> qa',
      'story-loop -> qa',
      'story-loop -> aesthetic',
      'qa -> release',
      'aesthetic -> release',
      'release -> beta',
    ]);
  });
});
