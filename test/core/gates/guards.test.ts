import { describe, expect, it } from '@jest/globals';
import type { GuardParameters } from '../../../core/gates/guard.ts';
import { findGuard } from '../../../core/gates/registry.ts';
import { evidenceOf, measured, notMeasured, quote, say, unknown } from './evidence-of.ts';

function check(id: string, artifacts: Record<string, unknown>, parameters: GuardParameters = {}) {
  const guard = findGuard(id);
  if (guard === undefined) throw new Error(`there is no guard ${id}`);
  return guard.check(evidenceOf(artifacts), parameters);
}

const risk = (category: string, statement: unknown = say('x')) => ({ category, statement });
const risks = (...all: unknown[]) => ({ RiskRegister: { risks: all } });
const assumption = (rest = {}) => ({
  id: 'A1',
  statement: say('x'),
  owner: 'unknown',
  rationale: say('y'),
  test: unknown,
  ...rest,
});
const assumptions = (...all: unknown[]) => ({ RevisedAssumptions: { assumptions: all } });
const control = (rest = {}) => ({
  id: 'SC1',
  measure: 'checks',
  protects: ['API'],
  basis: quote('Members must not lend tools to others.'),
  ...rest,
});
const finding = (severity: string) => ({ rule: 'r', severity, file: 'a.ts', line: 3, message: 'm' });
const scans = (severities: string[], other: unknown = measured({ findings: [] })) => ({
  VulnerabilityScan: { vulnerabilities: measured([]) },
  SecurityPack: { sast: measured({ findings: severities.map(finding) }), dast: other },
});
const stories = (...outcomes: string[]) => ({
  AcceptanceTestResults: {
    results: outcomes.map((outcome, index) => ({ test: 't', story: `S${index}`, outcome: measured(outcome) })),
  },
});
const rendered = (...widths: [number, boolean][]) => ({
  StyleGuide: { overflow: measured(widths.map(([widthPx, overflows]) => ({ page: '/', widthPx, overflows }))) },
});
const price = { id: 'PR1', amountMicros: 1_500_000, currency: 'EUR', period: 'month', kind: 'income' };
const projection = { id: 'PJ1', price: 'PR1', quantity: 3, amountMicros: 4_500_000, currency: 'EUR', period: 'month' };
const total = { kind: 'income', currency: 'EUR', period: 'month', amountMicros: 6_000_000, parts: ['PJ1', 'PR1'] };
const pricing = (rest = {}) => ({
  PricingModel: { prices: [price], projections: [projection], totals: [total], ...rest },
});

type Case = [string, string, Record<string, unknown>, GuardParameters];

const holds: Case[] = [
  [
    'fields-present',
    'all there',
    { IdeaSpec: { title: say('a'), users: [say('b')] } },
    { artifact: 'IdeaSpec', fields: ['title', 'users'] },
  ],
  [
    'items-at-least',
    'enough',
    { PRD: { nfrs: [{ statement: say('a') }, { statement: say('b') }] } },
    { artifact: 'PRD', path: 'nfrs', atLeast: 2 },
  ],
  ['risks-by-category', 'one in each', risks(risk('technical'), risk('business'), risk('user')), {}],
  [
    'risks-by-category',
    'two of one asked for',
    risks(risk('legal'), risk('legal')),
    { atLeast: 2, categories: ['legal'] },
  ],
  [
    'assumptions-challenged',
    'by reason or test',
    assumptions(assumption(), assumption({ rationale: unknown, test: say('t') })),
    { atLeast: 2 },
  ],
  [
    'contradictions',
    'none',
    { PRD: { a: say('Members must sign the form.'), b: say('Volunteers run the desk.') } },
    { atMost: 0 },
  ],
  [
    'contradictions',
    'as many as allowed',
    { PRD: { a: say('Loans last 7 days.'), b: say('Loans last 9 days.') } },
    { atMost: 1 },
  ],
  ['pricing-arithmetic', 'adds up', pricing(), {}],
  ['pricing-arithmetic', 'nothing to add', pricing({ prices: [], projections: [], totals: [] }), {}],
  [
    'lint',
    'within limits',
    { SourceCode: { lint: measured({ errors: 0, warnings: 10 }) } },
    { errors: 0, warnings: 10 },
  ],
  [
    'vulnerabilities-by-severity',
    'within limits',
    scans(['high', 'high', 'low']),
    { critical: 0, high: 2, medium: 10 },
  ],
  ['response-time', 'fast', { PerfReport: { latency: measured({ p95Ms: 1000 }) } }, { atMost: 1000 }],
  [
    'requests-per-second',
    'enough',
    { PerfReport: { throughput: measured({ requestsPerSecond: 100 }) } },
    { atLeast: 100 },
  ],
  ['viewports', 'all fit', rendered([390, false], [820, false], [1280, false]), {}],
  ['viewports', 'of the widths asked for', rendered([390, false], [500, true]), { widths: [390] }],
  ['semver-valid', 'one version', { ReleaseNotes: { version: '1.0.0' }, DeploymentPlan: { version: '1.0.0' } }, {}],
  ['secrets', 'none', { SecretsScanReport: { secrets: measured([]) } }, { atMost: 0 }],
  ['story-completion', 'enough', stories('passed', 'passed', 'failed'), { stories: 2 }],
  [
    'accessibility',
    'only AAA',
    { A11yAudit: { violations: measured([{ page: '/', rule: 'r', level: 'AAA' }]) } },
    { violations: 0 },
  ],
  ['security-controls', 'enough', { ArchitectureDoc: { controls: [control(), control()] } }, { atLeast: 2 }],
  ['canary', 'at the limit', { CanaryResults: { requests: measured({ total: 100, errors: 1 }) } }, { atMost: 0.01 }],
  ['clarity', 'at the threshold', { PRD: { a: say('A robust app. Tools are lent.') } }, { atLeast: 0.5 }],
  ['compilation', 'clean', { SourceCode: { compilation: measured({ exitCode: 0, errors: 0 }) } }, {}],
];

const breaks: Case[] = [
  ['fields-present', 'unknown', { IdeaSpec: { title: unknown } }, { artifact: 'IdeaSpec', fields: ['title'] }],
  ['fields-present', 'no artifact', {}, { artifact: 'IdeaSpec', fields: ['title'] }],
  [
    'items-at-least',
    'too few',
    { PRD: { nfrs: [{ statement: say('a') }, { statement: unknown }] } },
    { artifact: 'PRD', path: 'nfrs', atLeast: 2 },
  ],
  ['items-at-least', 'no list', {}, { artifact: 'PRD', path: 'nfrs', atLeast: 1 }],
  [
    'risks-by-category',
    'a category is empty',
    risks(risk('technical'), risk('technical'), risk('business')),
    { atLeast: 3 },
  ],
  ['risks-by-category', 'too few', risks(risk('technical'), risk('business'), risk('user')), { atLeast: 4 }],
  [
    'risks-by-category',
    'unknown ones do not count',
    risks(risk('technical'), risk('business'), risk('user', unknown)),
    {},
  ],
  [
    'assumptions-challenged',
    'too few',
    assumptions(assumption({ rationale: unknown }), assumption({ statement: unknown }), assumption()),
    { atLeast: 2 },
  ],
  [
    'assumptions-challenged',
    'the only reason is the sentence itself',
    assumptions(assumption(), assumption({ rationale: say('x') })),
    { atLeast: 2 },
  ],
  ['contradictions', 'one', { PRD: { a: say('Loans last 7 days.'), b: say('Loans last 9 days.') } }, { atMost: 0 }],
  [
    'pricing-arithmetic',
    'a projection is off by one',
    pricing({ projections: [{ ...projection, amountMicros: 4_500_001 }], totals: [] }),
    {},
  ],
  ['pricing-arithmetic', 'a total is off by one', pricing({ totals: [{ ...total, amountMicros: 6_000_001 }] }), {}],
  ['pricing-arithmetic', 'currencies are added up', pricing({ totals: [{ ...total, currency: 'USD' }] }), {}],
  [
    'pricing-arithmetic',
    'a projection has another period',
    pricing({ projections: [{ ...projection, period: 'year' }], totals: [] }),
    {},
  ],
  ['pricing-arithmetic', 'a part is not there', pricing({ totals: [{ ...total, parts: ['PJ9'] }] }), {}],
  ['pricing-arithmetic', 'a price is not there', pricing({ prices: [], totals: [] }), {}],
  ['lint', 'an error', { SourceCode: { lint: measured({ errors: 1, warnings: 0 }) } }, { errors: 0, warnings: 10 }],
  [
    'lint',
    'a warning too many',
    { SourceCode: { lint: measured({ errors: 0, warnings: 11 }) } },
    { errors: 0, warnings: 10 },
  ],
  ['vulnerabilities-by-severity', 'a critical one', scans(['critical']), { critical: 0, high: 2, medium: 10 }],
  ['vulnerabilities-by-severity', 'three high', scans(['high', 'high', 'high']), {}],
  ['vulnerabilities-by-severity', 'found, though another report is missing', scans(['critical'], notMeasured), {}],
  ['response-time', 'slow', { PerfReport: { latency: measured({ p95Ms: 1000.1 }) } }, { atMost: 1000 }],
  [
    'requests-per-second',
    'too few',
    { PerfReport: { throughput: measured({ requestsPerSecond: 99 }) } },
    { atLeast: 100 },
  ],
  ['viewports', 'overflow', rendered([390, true], [820, false], [1280, false]), {}],
  ['viewports', 'a width was not rendered', rendered([390, false], [820, false]), {}],
  ['semver-valid', 'no version', {}, {}],
  ['semver-valid', 'no semver', { ReleaseNotes: { version: 'v1' } }, {}],
  ['semver-valid', 'two versions', { ReleaseNotes: { version: '1.0.0' }, DeploymentPlan: { version: '1.0.1' } }, {}],
  ['secrets', 'one', { SecretsScanReport: { secrets: measured([{ rule: 'key', file: 'a', line: 1 }]) } }, {}],
  ['story-completion', 'too few', stories('passed', 'failed'), { stories: 2 }],
  ['accessibility', 'level A', { A11yAudit: { violations: measured([{ page: '/', rule: 'r', level: 'A' }]) } }, {}],
  [
    'security-controls',
    'one protects nothing',
    { ArchitectureDoc: { controls: [control(), control({ protects: [] })] } },
    { atLeast: 2 },
  ],
  [
    'security-controls',
    'no reason in the sources',
    { ArchitectureDoc: { controls: [control(), control({ basis: unknown })] } },
    { atLeast: 2 },
  ],
  [
    'security-controls',
    'a reason the sources do not give',
    { ArchitectureDoc: { controls: [control(), control({ basis: quote('Volunteers run', 'Strangers steal data') })] } },
    { atLeast: 2 },
  ],
  ['canary', 'over the limit', { CanaryResults: { requests: measured({ total: 100, errors: 2 }) } }, { atMost: 0.01 }],
  ['clarity', 'below the threshold', { PRD: { a: say('A robust app. Tools are lent.') } }, { atLeast: 0.51 }],
  ['compilation', 'an error', { SourceCode: { compilation: measured({ exitCode: 1, errors: 1 }) } }, {}],
];

it.each(holds)('%s holds: %s', (id, _, artifacts, parameters) => {
  expect(check(id, artifacts, parameters)).toEqual({ status: 'held', detail: expect.any(String) });
});

it.each(breaks)('%s breaks: %s', (id, _, artifacts, parameters) => {
  const outcome = check(id, artifacts, parameters);
  expect(outcome).toMatchObject({ status: 'broken', found: expect.any(String), expected: expect.any(String) });
  expect(outcome.status === 'broken' && outcome.findings.length > 0).toBe(true);
});

it.each<[string, Record<string, unknown>]>([
  ['lint', { SourceCode: { lint: notMeasured } }],
  ['vulnerabilities-by-severity', scans(['low'], notMeasured)],
  ['response-time', {}],
  ['requests-per-second', {}],
  ['viewports', { StyleGuide: { overflow: notMeasured } }],
  ['secrets', { SecretsScanReport: { secrets: notMeasured } }],
  ['story-completion', {}],
  ['accessibility', { A11yAudit: { violations: notMeasured } }],
  ['canary', {}],
  ['compilation', { SourceCode: { compilation: notMeasured } }],
  ['contradictions', {}],
  ['pricing-arithmetic', {}],
  ['openapi-valid', {}],
  ['data-model-valid', {}],
  ['grounding', { PRD: {} }],
])('%s is unmeasured without evidence', (id, artifacts) => {
  expect(check(id, artifacts)).toMatchObject({ status: 'unmeasured', reason: expect.any(String) });
});

describe('what is broken is named', () => {
  it('that nothing could contradict, where nothing was comparable', () => {
    const outcome = check('contradictions', { PRD: { a: say('Members pay the fee.'), b: say('Loans last 9 days.') } });
    expect(outcome).toMatchObject({ status: 'held', detail: expect.stringContaining('nothing was comparable') });
  });

  it('a contradiction with both statements', () => {
    const outcome = check('contradictions', { PRD: { a: say('Loans last 7 days.'), b: say('Loans last 9 days.') } });
    expect(outcome).toMatchObject({
      findings: [
        {
          kind: 'contradiction',
          text: 'numbers: PRD.a says "Loans last 7 days.", PRD.b says "Loans last 9 days." ("7 days" against "9 days")',
        },
      ],
    });
  });

  it('a missing field with its artifact', () => {
    expect(check('fields-present', { IdeaSpec: {} }, { artifact: 'IdeaSpec', fields: ['title'] })).toMatchObject({
      findings: [{ kind: 'missing', text: 'IdeaSpec.title is not known' }],
    });
  });

  it('a threshold cut, not rounded, so that what misses it does not read as if it met it', () => {
    const claims = [...Array(9999)].map((_, index) => quote('lends tools', `lends tools ${index === 0 ? '99' : ''}`));
    expect(check('grounding', { PRD: { claims: claims.slice(0, 2500) } }, { atLeast: 1 })).toMatchObject({
      found: expect.stringContaining('99.9 %'),
      expected: 'at least 100 %',
    });
  });
});

it.each<[string, GuardParameters, string]>([
  ['fields-present', { fields: ['a'] }, 'guard parameter artifact: expected a name, found none'],
  [
    'fields-present',
    { artifact: 'A', fields: [] },
    'guard parameter fields: expected a list of one item or more, found []',
  ],
  ['items-at-least', { artifact: 'A', path: 'b' }, 'guard parameter atLeast: expected a number, found none'],
  ['clarity', { atLeast: 'half' }, 'guard parameter atLeast: expected a number, found "half"'],
])('%s refuses %j', (id, parameters, message) => {
  expect(() => check(id, { PRD: { a: say('x y') } }, parameters)).toThrow(message);
});
