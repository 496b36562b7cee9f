import { describe, expect, it } from '@jest/globals';
import type { Judgement } from '../../../../core/gates/criterion.ts';
import { criteria } from '../../../../core/gates/registry.ts';
import { cite, evaluate } from '../evidence-of.ts';

const ids = ['feasibility', 'revenue-confidence', 'scalability', 'security-controls', 'viability'];
const judgement: Judgement = { score: 0.8, judge: 'other/judge', rationale: 'it holds', cites: [cite('lends tools')] };

it('are these five', () => {
  expect(
    criteria
      .filter(({ kind }) => kind === 'judged')
      .map(({ id }) => id)
      .sort(),
  ).toEqual(ids);
});

describe.each(ids)('%s', (id) => {
  const judge = (change: Partial<Judgement>) =>
    evaluate(id, {}, { judgements: { [id]: { ...judgement, ...change } }, authors: ['house/author'] });

  it('is unmeasured without a judge', () => {
    expect(evaluate(id, {})).toEqual({ status: 'unmeasured', reason: 'there is no judge model' });
  });

  it("is the judge's score, with its reasons", () => {
    expect(judge({})).toEqual({ status: 'measured', score: 0.8, detail: 'other/judge: it holds', findings: [] });
  });

  it.each<[string, Partial<Judgement>, string]>([
    ['by the author', { judge: 'house/author' }, 'wrote what it judges'],
    ['without a cite', { cites: [] }, 'cites nothing'],
    [
      'with a cite of nothing',
      { cites: [{ source: 'Idea', pointer: '', start: 0, end: 99_999 }] },
      'a span that is not there',
    ],
    ['above 1', { score: 1.1 }, 'no score'],
    ['that is no number', { score: Number.NaN }, 'no score'],
  ])('does not count %s', (_, change, reason) => {
    expect(judge(change)).toMatchObject({ status: 'unmeasured', reason: expect.stringContaining(reason) });
  });
});
