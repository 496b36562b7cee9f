import { expect, it } from '@jest/globals';
import { evaluate, say, texts, unknown } from '../evidence-of.ts';

const assumption = (id: string, rest = {}) => ({
  id,
  statement: say('x'),
  owner: 'product',
  rationale: say('y'),
  test: say('z'),
  ...rest,
});

it('is the share of assumptions with owner, rationale and a test', () => {
  const assumptions = [
    assumption('A1'),
    assumption('A2', { owner: 'unknown', test: unknown }),
    assumption('A3', { rationale: unknown }),
    assumption('A4'),
  ];
  const evaluation = evaluate('assumption-quality', { RevisedAssumptions: { assumptions } });
  expect(evaluation).toMatchObject({ score: 0.5 });
  expect(texts(evaluation)).toEqual(['A2 lacks owner, a test', 'A3 lacks rationale']);
});

it('is unmeasured without assumptions', () => {
  expect(evaluate('assumption-quality', { RevisedAssumptions: { assumptions: [] } })).toMatchObject({
    status: 'unmeasured',
  });
  expect(evaluate('assumption-quality', {})).toMatchObject({ status: 'unmeasured' });
});

it('counts a rationale or test that rests on the very span of the assumption as missing', () => {
  const cites = [{ source: 'Idea' as const, pointer: '', start: 0, end: 5 }];
  const same = { text: 'Members return tools.', cites };
  const other = { text: 'A trial shows it.', cites: [{ ...cites[0], start: 9, end: 14 }] };
  const assumptions = [
    assumption('A1', { statement: same, rationale: same, test: other }),
    assumption('A2', { statement: same, rationale: other, test: { text: 'Tools.', cites } }),
    assumption('A3', { statement: same, rationale: other, test: other }),
  ];
  expect(texts(evaluate('assumption-quality', { RevisedAssumptions: { assumptions } }))).toEqual([
    'A1 lacks rationale',
    'A2 lacks a test',
  ]);
});
