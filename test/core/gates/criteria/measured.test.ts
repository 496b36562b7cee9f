import { describe, expect, it } from '@jest/globals';
import { criteria } from '../../../../core/gates/registry.ts';
import { evaluate, measured, notMeasured, texts } from '../evidence-of.ts';

const results = (...outcomes: [string, string | null][]) => ({
  AcceptanceTestResults: {
    results: outcomes.map(([story, outcome], index) => ({
      test: `${story}.A${index}`,
      story,
      outcome: outcome === null ? notMeasured : measured(outcome),
    })),
  },
});

const scans = (
  known: unknown,
  sast: unknown = measured({ findings: [] }),
  dast: unknown = measured({ findings: [] }),
) => ({
  VulnerabilityScan: { vulnerabilities: known },
  SecurityPack: { sast, dast },
});
const finding = (severity: string) => ({ rule: 'r', severity, file: 'a.ts', line: 3, message: 'm' });
const known = (severity: string) => ({ id: 'GHSA-1', package: 'p', version: '1', severity });

/** Criterion, artifacts, score. */
const cases: [string, Record<string, unknown>, number][] = [
  ['compilation', { SourceCode: { compilation: measured({ exitCode: 0, errors: 0 }) } }, 1],
  ['compilation', { SourceCode: { compilation: measured({ exitCode: 2, errors: 3 }) } }, 0],
  ['tests', { TestSuite: { run: measured({ passed: 6, failed: 1, skipped: 1 }) } }, 0.75],
  ['pass-rate', { TestReport: { run: measured({ passed: 19, failed: 1, skipped: 0 }) } }, 0.95],
  ['test-coverage', { CoverageReport: { lines: measured({ covered: 70, total: 100 }) } }, 0.7],
  [
    'story-completion',
    results(['S1', 'passed'], ['S1', 'passed'], ['S2', 'passed'], ['S2', 'failed'], ['S3', null], ['S4', 'passed']),
    0.5,
  ],
  ['story-completion', { ...results(['S1', 'passed']), UserStories: { stories: [{ id: 'S1' }, { id: 'S2' }] } }, 0.5],
  ['acceptance-tests', results(['S1', 'passed'], ['S1', 'failed'], ['S2', null], ['S2', 'passed']), 0.5],
  ['vulnerabilities', scans(measured([])), 1],
  [
    'vulnerabilities',
    scans(measured([known('high')]), measured({ findings: [finding('medium'), finding('low')] })),
    0.83,
  ],
  ['vulnerabilities', scans(measured([known('critical')])), 0],
  ['secrets', { SecretsScanReport: { secrets: measured([]) } }, 1],
  ['secrets', { SecretsScanReport: { secrets: measured([{ rule: 'aws-key', file: 'a.ts', line: 1 }]) } }, 0],
  ['sbom', { SBOM: { coverage: measured({ listed: 95, installed: 100 }) } }, 0.95],
  [
    'performance',
    { PerfReport: { latency: measured({ p95Ms: 500 }), throughput: measured({ requestsPerSecond: 300 }) } },
    1,
  ],
  [
    'performance',
    { PerfReport: { latency: measured({ p95Ms: 2000 }), throughput: measured({ requestsPerSecond: 50 }) } },
    0.5,
  ],
  [
    'accessibility',
    {
      A11yAudit: {
        pages: ['/', '/a'],
        violations: measured([
          { page: '/', rule: 'r', level: 'AA', nodes: 1 },
          { page: '/a', rule: 'r', level: 'AAA', nodes: 1 },
        ]),
      },
    },
    0.5,
  ],
  [
    'responsiveness',
    {
      StyleGuide: {
        overflow: measured([
          { page: '/', widthPx: 390, overflows: false },
          { page: '/a', widthPx: 390, overflows: true },
        ]),
      },
    },
    0.5,
  ],
  ['deployment-health', { DeploymentReport: { health: measured({ passed: 19, total: 20 }) } }, 0.95],
  ['canary', { CanaryResults: { requests: measured({ total: 200, errors: 2 }) } }, 0.99],
  ['monitoring', { MonitoringDashboard: { installed: measured({ dashboards: 3 }) } }, 0.75],
  ['monitoring', { MonitoringDashboard: { installed: measured({ dashboards: 9 }) } }, 1],
];

describe.each(cases)('%s', (id, artifacts, score) => {
  it(`is ${score} of this report`, () => {
    const evaluation = evaluate(id, artifacts);
    expect(evaluation.status).toBe('measured');
    expect((evaluation as { score: number }).score).toBeCloseTo(score, 10);
    expect(texts(evaluation).length > 0).toBe(score < 1);
  });
});

const measuredIds = criteria.filter(({ kind }) => kind === 'measured').map(({ id }) => id);

it('every measured criterion has a case here', () => {
  expect([...new Set(cases.map(([id]) => id))].sort()).toEqual([...measuredIds].sort());
});

describe.each(measuredIds)('%s', (id) => {
  it('is unmeasured without its report', () => {
    expect(evaluate(id, {}).status).toBe('unmeasured');
  });

  it('is unmeasured when the report says that nothing was measured, with the reason', () => {
    const [, artifacts] = cases.find(([one]) => one === id) as (typeof cases)[number];
    const blank = JSON.parse(
      JSON.stringify(artifacts).replaceAll(
        /"status":"measured","value":.*?"by":"tool 1.0"/g,
        '"status":"unmeasured","reason":"no tool"',
      ),
    ) as Record<string, unknown>;
    expect(evaluate(id, blank)).toMatchObject({ status: 'unmeasured', reason: expect.stringContaining('no tool') });
  });

  it('is unmeasured when a figure is not tagged as measured', () => {
    const [, artifacts] = cases.find(([one]) => one === id) as (typeof cases)[number];
    const bare = JSON.parse(
      JSON.stringify(artifacts).replaceAll('"status":"measured"', '"status":"guessed"'),
    ) as Record<string, unknown>;
    expect(evaluate(id, bare).status).toBe('unmeasured');
  });
});

describe('a report that says nothing is no evidence', () => {
  it.each<[string, Record<string, unknown>]>([
    ['tests', { TestSuite: { run: measured({ passed: 0, failed: 0, skipped: 0 }) } }],
    ['test-coverage', { CoverageReport: { lines: measured({ covered: 0, total: 0 }) } }],
    ['deployment-health', { DeploymentReport: { health: measured({ passed: 0, total: 0 }) } }],
    ['canary', { CanaryResults: { requests: measured({ total: 0, errors: 0 }) } }],
    [
      'canary',
      { CanaryResults: { requests: measured({ total: 50, errors: 0 }) }, CanaryRules: { minimumRequests: 100 } },
    ],
    ['accessibility', { A11yAudit: { pages: [], violations: measured([]) } }],
    ['responsiveness', { StyleGuide: { overflow: measured([]) } }],
    ['vulnerabilities', scans(measured([]), notMeasured)],
    ['acceptance-tests', results(['S1', null], ['S2', null])],
  ])('%s', (id, artifacts) => {
    expect(evaluate(id, artifacts)).toMatchObject({ status: 'unmeasured' });
  });
});
