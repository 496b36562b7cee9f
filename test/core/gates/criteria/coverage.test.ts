import { expect, it } from '@jest/globals';
import { evaluate, texts } from '../evidence-of.ts';

const row = (requirement: string, rest = {}) => ({
  requirement,
  stories: ['S1'],
  api: ['listTools'],
  code: [],
  tests: ['S1.A1'],
  ...rest,
});

it('is the share of requirements with story, API or code, and test', () => {
  const rows = [
    row('R1'),
    row('R2', { stories: [] }),
    row('R3', { api: [], tests: [] }),
    row('R4', { api: [], code: ['src/a.ts'] }),
  ];
  const evaluation = evaluate('coverage', { RTM: { rows, uncovered: [] } });
  expect(evaluation).toMatchObject({ score: 0.5 });
  expect(texts(evaluation)).toEqual(['R2 is not traced to a story', 'R3 is not traced to API or code, a test']);
});

it('misses a requirement that has no row', () => {
  const artifacts = { RTM: { rows: [row('R1')] }, IdeaSpec: { requirements: [{ id: 'R1' }, { id: 'R2' }] } };
  expect(texts(evaluate('coverage', artifacts))).toEqual(['R2 is not traced to a story, API or code, a test']);
});

it('is unmeasured without a matrix or without requirements', () => {
  expect(evaluate('coverage', {})).toMatchObject({ status: 'unmeasured' });
  expect(evaluate('coverage', { RTM: { rows: [] } })).toMatchObject({ status: 'unmeasured' });
});
