import { describe, expect, it } from '@jest/globals';
import { evaluateGate } from '../../../core/gates/evaluate.ts';
import type { Gate } from '../../../core/pipeline/model.ts';
import { cite, evidenceOf, measured, notMeasured, quote, say } from './evidence-of.ts';

const gate = (rest: Partial<Gate>): Gate => ({ minimum: 0.75, tries: 3, guards: [], weights: {}, ...rest });
const grounded = quote('Borrow Shed lends tools to members.');
const prd = (...claims: unknown[]) => ({ PRD: { claims } });

describe('the score', () => {
  it('is the weighted mean of the criteria', () => {
    const report = evaluateGate(
      gate({ weights: { grounding: 0.6, clarity: 0.4 } }),
      evidenceOf(prd(grounded, say('Tools are robust.'))),
    );
    expect(report).toMatchObject({ verdict: 'failed', score: 0.5, certainty: 1 });
    expect(report.criteria.map(({ id, score, counted }) => [id, score, counted])).toEqual([
      ['grounding', 0.5, 0.6],
      ['clarity', 0.5, 0.4],
    ]);
    expect(report.reasons).toEqual(['score 0.5 is below 0.75']);
  });

  it('passes at the minimum, sums of weights not failing it by a last digit', () => {
    const weights = { grounding: 0.1, clarity: 0.2, consistency: 0.7 };
    const report = evaluateGate(gate({ weights, minimum: 1 }), evidenceOf(prd(grounded)));
    expect(report).toMatchObject({ verdict: 'passed', score: 1, issues: [], reasons: [] });
  });
});

describe('a guard', () => {
  it('fails the gate whatever the score, and is named', () => {
    const guards = [{ criterion: 'contradictions', atMost: 0 }];
    const claims = [say('Loans last 7 days.'), say('Loans last 9 days.')];
    const report = evaluateGate(gate({ guards, weights: { clarity: 1 } }), evidenceOf(prd(...claims)));
    expect(report).toMatchObject({ verdict: 'failed', score: 1 });
    expect(report.issues).toEqual([
      {
        kind: 'contradiction',
        fix: 'stricter-validation',
        source: 'contradictions',
        artifacts: ['PRD'],
        text: 'numbers: PRD.claims[0] says "Loans last 7 days.", PRD.claims[1] says "Loans last 9 days." ("7 days" against "9 days")',
      },
    ]);
    expect(report.reasons[0]).toMatch(/^guard contradictions: found 1 contradictions, expected at most 0 \(numbers: /);
  });

  it('that is unmeasured fails the gate', () => {
    const report = evaluateGate(
      gate({ guards: [{ criterion: 'compilation' }], weights: { clarity: 1 } }),
      evidenceOf(prd(grounded)),
    );
    expect(report).toMatchObject({ verdict: 'failed', certainty: 0.5 });
    expect(report.issues).toEqual([
      {
        kind: 'other',
        fix: 'manual',
        source: 'compilation',
        text: 'compilation is unmeasured: there is no SourceCode',
      },
    ]);
    expect(report.guards).toEqual([
      { id: 'compilation', parameters: '{}', required: true, status: 'unmeasured', detail: 'there is no SourceCode' },
    ]);
  });

  it('that is required when available only lowers the certainty when it is unmeasured', () => {
    const guards = [{ criterion: 'accessibility', violations: 0, required: 'when-available' as const }];
    const artifacts = { ...prd(grounded), A11yAudit: { pages: ['/'], violations: notMeasured } };
    const report = evaluateGate(gate({ guards, weights: { clarity: 0.8, accessibility: 0.2 } }), evidenceOf(artifacts));
    expect(report).toMatchObject({ verdict: 'passed', score: 1, certainty: 0.4 });
    expect(report.notes).toEqual([
      'accessibility (measured) does not count: A11yAudit.violations: no tool; its weight of 0.2 is shared among the others',
      'guard accessibility could not be checked, which lowers the certainty: A11yAudit.violations: no tool',
    ]);
  });

  it('that is required when available fails the gate when it is broken', () => {
    const guards = [{ criterion: 'accessibility', violations: 0, required: 'when-available' as const }];
    const violations = measured([{ page: '/', rule: 'contrast', level: 'AA', nodes: 2 }]);
    const artifacts = { ...prd(grounded), A11yAudit: { pages: ['/'], violations } };
    expect(evaluateGate(gate({ guards, weights: { clarity: 1 } }), evidenceOf(artifacts)).verdict).toBe('failed');
  });
});

describe('an unmeasured criterion', () => {
  it('that is judged gives its weight to the others, and the report says so', () => {
    const report = evaluateGate(
      gate({ weights: { grounding: 0.4, feasibility: 0.5, clarity: 0.1 } }),
      evidenceOf(prd(grounded)),
    );
    expect(report).toMatchObject({ verdict: 'passed', score: 1, certainty: 0.75 });
    expect(report.criteria.map(({ id, counted, status }) => [id, counted, status])).toEqual([
      ['grounding', 0.8, 'measured'],
      ['feasibility', 0, 'unmeasured'],
      ['clarity', 0.2, 'measured'],
    ]);
    expect(report.notes).toEqual([
      'feasibility (judged) does not count: there is no judge model; its weight of 0.5 is shared among the others',
    ]);
  });

  it('counts once there is a judge', () => {
    const judgements = {
      feasibility: { score: 0.2, judge: 'other/judge', rationale: 'no', cites: [cite('lends tools')] },
    };
    const report = evaluateGate(
      gate({ weights: { grounding: 0.5, feasibility: 0.5 } }),
      evidenceOf(prd(grounded), { judgements }),
    );
    expect(report).toMatchObject({ verdict: 'failed', score: 0.6, notes: [] });
  });

  it('that is measured or computed counts as 0 and fails the gate, however high the rest', () => {
    const report = evaluateGate(
      gate({ minimum: 0.5, weights: { grounding: 0.9, tests: 0.1 } }),
      evidenceOf(prd(grounded)),
    );
    expect(report).toMatchObject({ verdict: 'failed', score: 0.9 });
    expect(report.reasons).toEqual(['criterion tests is unmeasured: there is no TestSuite']);
    expect(report.notes).toEqual(['tests (measured) is required and unmeasured: it counts as 0']);
  });

  it('among nothing that was measured leaves no score', () => {
    const report = evaluateGate(gate({ minimum: 0, weights: { tests: 1 } }), evidenceOf({}));
    expect(report).toMatchObject({ verdict: 'failed', score: null, certainty: 0.5 });
    expect(report.reasons).toContain('no criterion could be evaluated');
    expect(evaluateGate(gate({ minimum: 0, weights: { feasibility: 1 } }), evidenceOf({}))).toMatchObject({
      verdict: 'failed',
      score: null,
    });
  });

  it('that does not apply gives its weight to the others without lowering the certainty', () => {
    const artifacts = { SecretsScanReport: { filesInScope: 1, secrets: measured([]) } };
    const report = evaluateGate(gate({ weights: { secrets: 0.5, grounding: 0.5 } }), evidenceOf(artifacts));
    expect(report).toMatchObject({ verdict: 'passed', score: 1, certainty: 1 });
  });
});

describe('issues', () => {
  it("have the fix of their kind, each once, the guard's before the criterion's", () => {
    const guards = [{ criterion: 'fields-present', artifact: 'IdeaSpec', fields: ['title'] }];
    const report = evaluateGate(
      gate({ guards, weights: { completeness: 0.5, grounding: 0.5 } }),
      evidenceOf({ IdeaSpec: { goals: [say('x y z')] } }),
    );
    const texts = report.issues.map(({ text }) => text);
    expect(texts).toEqual([...new Set(texts)]);
    expect(report.issues[0]).toEqual({
      kind: 'missing',
      fix: 'add-missing-agents',
      source: 'fields-present',
      artifacts: ['IdeaSpec'],
      text: 'IdeaSpec.title is not known',
    });
    expect(report.issues.at(-1)).toEqual({
      kind: 'grounding',
      fix: 'ask-again-stricter',
      source: 'grounding',
      artifacts: ['IdeaSpec'],
      text: 'IdeaSpec.goals[0] cites nothing',
    });
  });

  it('are cut to twenty of a source, and the rest is counted', () => {
    const claims = Array.from({ length: 27 }, (_, index) => say(`word${index}`));
    const report = evaluateGate(gate({ weights: { grounding: 1 } }), evidenceOf(prd(...claims)));
    expect(report.issues).toHaveLength(21);
    expect(report.issues.at(-1)).toMatchObject({ text: 'and 7 more of grounding', fix: 'ask-again-stricter' });
  });
});

it('refuses what nobody can evaluate', () => {
  expect(() => evaluateGate(gate({ weights: { beauty: 1 } }), evidenceOf({}))).toThrow('there is no criterion beauty');
  expect(() => evaluateGate(gate({ guards: [{ criterion: 'beauty' }] }), evidenceOf({}))).toThrow(
    'there is no guard beauty',
  );
});

it('says the same of the same evidence', () => {
  const evaluate = () =>
    evaluateGate(gate({ weights: { grounding: 0.5, clarity: 0.5 } }), evidenceOf(prd(grounded, say('It is nice.'))));
  expect(JSON.stringify(evaluate())).toBe(JSON.stringify(evaluate()));
});
