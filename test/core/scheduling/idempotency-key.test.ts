import { expect, it } from '@jest/globals';
import { CONTRACT_VERSION, idempotencyKey, type Work } from '../../../core/scheduling/idempotency-key.ts';

const work: Work = {
  runId: 'r1',
  phase: 'prd',
  attempt: 1,
  round: 1,
  agent: 'nfrs',
  shard: { index: 0, count: 2, over: 'A.b', start: 0, end: 3 },
  input: { Idea: 'aa', IdeaSpec: 'bb' },
  contractVersion: CONTRACT_VERSION,
};

it('is the same for the same work, whatever the order of fields and whatever else the object carries', () => {
  const reordered = Object.fromEntries(Object.entries(work).reverse()) as unknown as Work;
  expect(idempotencyKey(reordered)).toBe(idempotencyKey(work));
  expect(idempotencyKey({ ...work, try: 7 } as Work)).toBe(idempotencyKey(work));
  expect(idempotencyKey(work)).toMatch(/^[0-9a-f]{64}$/);
});

it.each<[string, Partial<Work>]>([
  ['run', { runId: 'r2' }],
  ['phase', { phase: 'qa' }],
  ['gate attempt', { attempt: 2 }],
  ['round', { round: 2 }],
  ['agent', { agent: 'ux-flow' }],
  ['shard', { shard: null }],
  ['input', { input: { Idea: 'aa', IdeaSpec: 'cc' } }],
  ['contract version', { contractVersion: 2 }],
])('is another for another %s', (_, change) => {
  expect(idempotencyKey({ ...work, ...change })).not.toBe(idempotencyKey(work));
});
