import { expect, it } from '@jest/globals';
import { evaluate, measured, notMeasured, say, texts, unknown } from '../evidence-of.ts';

const whole = {
  title: say('a'),
  description: say('b'),
  problem: say('c'),
  targetUsers: [say('d')],
  goals: [say('e')],
  requirements: [{ id: 'R1', statement: say('f') }],
};

it('is 1 when every required field is present and known', () => {
  expect(evaluate('completeness', { IdeaSpec: whole })).toMatchObject({
    score: 1,
    detail: '6 of 6 required fields are present and known',
  });
});

it('names every gap', () => {
  const { goals: _, ...gone } = whole;
  const thin = {
    ...gone,
    title: unknown,
    targetUsers: [],
    requirements: [
      { id: 'R1', statement: unknown },
      { id: 'R2', statement: say('g') },
    ],
  };
  const evaluation = evaluate('completeness', { IdeaSpec: thin });
  expect(texts(evaluation)).toEqual([
    'IdeaSpec.title is not known',
    'IdeaSpec.targetUsers is not known',
    'IdeaSpec.goals is not known',
    'IdeaSpec.requirements[0].statement is not known',
  ]);
  expect(evaluation).toMatchObject({ score: 3 / 7 });
});

it('takes an unmeasured figure for a gap', () => {
  expect(evaluate('completeness', { CoverageReport: { lines: notMeasured } })).toMatchObject({ score: 0 });
  expect(evaluate('completeness', { CoverageReport: { lines: measured({ covered: 0, total: 9 }) } })).toMatchObject({
    score: 1,
  });
});

it('counts all fields of an artifact that is not there', () => {
  expect(evaluate('completeness', {}, { makes: ['IdeaSpec'] })).toMatchObject({
    score: 0,
    detail: expect.stringContaining('0 of 6'),
  });
});

it('does not apply to a phase that makes nothing of the kind', () => {
  expect(evaluate('completeness', {})).toMatchObject({ status: 'inapplicable' });
});
