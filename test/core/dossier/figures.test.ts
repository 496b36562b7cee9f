// What a meter gave stands apart from what two runs share, and is put back where it came from.

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildDossier } from '../../../core/dossier/build.ts';
import { canonicalBytes } from '../../../core/dossier/bytes.ts';
import { withFigures, withoutFigures } from '../../../core/dossier/figures.ts';
import { wholeOf } from '../../../core/dossier/whole.ts';
import { canonicalJson, type Json } from '../../../core/json.ts';
import { artifact, PRD, sourceOf } from './source-of.ts';

const measured = (value: Json): Json => ({
  status: 'measured',
  value,
  by: 'autocannon 8.0.0',
  report: { sha256: 'a'.repeat(64), bytes: 3, mediaType: 'application/json' },
});

describe('figures', () => {
  it('leave in their place that something was measured, and by what', () => {
    const { content, figures } = withoutFigures({ 'p95/~': measured(12), rest: ['x', measured({ deep: 1 })] });
    expect(content).toEqual({
      'p95/~': { status: 'measured', by: 'autocannon 8.0.0' },
      rest: ['x', { status: 'measured', by: 'autocannon 8.0.0' }],
    });
    expect(figures.map(({ pointer, value }) => [pointer, value])).toEqual([
      ['/p95~1~0', 12],
      ['/rest/1', { deep: 1 }],
    ]);
  });

  it('are put back where they came from, whatever the content', () => {
    const figure = fc.json().map((text) => measured(JSON.parse(text) as Json));
    const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.constant({ status: 'unmeasured', reason: 'no tool' } as Json),
        figure,
        fc.array(tie('tree'), { maxLength: 4 }) as fc.Arbitrary<Json>,
        fc.dictionary(fc.string(), tie('tree'), { maxKeys: 4, noNullPrototype: true }) as fc.Arbitrary<Json>,
      ),
    }));
    fc.assert(
      fc.property(tree, (content) => {
        expect(canonicalJson(withFigures(withoutFigures(content)))).toBe(canonicalJson(content));
      }),
    );
  });
});

describe('the canonical part of a dossier', () => {
  const perf = (p95: number) =>
    artifact('PerfReport', { operations: ['listLoans'], latency: measured({ p95Ms: p95 }) });
  const of = (p95: number, score: number) => {
    const { phases } = sourceOf();
    const gated = phases.map((phase) => ({ ...phase, score, attempts: Math.round(p95), reason: `${p95} ms` }));
    return buildDossier(sourceOf({ artifacts: [PRD, perf(p95)], phases: gated }));
  };

  it('is the same whatever was measured', () => {
    expect(canonicalBytes(of(12, 0.9))).toBe(canonicalBytes(of(840, 0.8)));
    expect(of(12, 0.9).measured).not.toEqual(of(840, 0.8).measured);
  });

  it('tells a figure that was measured from one that was not', () => {
    const unmeasured = artifact('PerfReport', {
      operations: ['listLoans'],
      latency: { status: 'unmeasured', reason: 'x' },
    });
    const other = buildDossier(sourceOf({ artifacts: [PRD, unmeasured] }));
    expect(canonicalBytes(other)).not.toBe(canonicalBytes(of(12, 0.9)));
  });

  it('is shown whole', () => {
    const whole = wholeOf(of(12, 0.9));
    expect(whole.artifacts.find(({ type }) => type === 'PerfReport')?.content).toEqual(perf(12).content);
    expect(whole.phases[0]).toMatchObject({ score: 0.9, attempts: 12, reason: '12 ms' });
  });
});
