import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { costSummary } from '../../../core/ledger/costs.ts';
import { chainOf } from './chain-of.ts';

it('sums cost entries by phase and by agent, and nothing else', () => {
  const cost = (phase: string, agent: string, usdMicros: number) => ({
    kind: 'cost' as const,
    body: { phase, agent, tokens: 10, usdMicros, modelCalls: 1 },
  });
  const summary = costSummary(
    chainOf([
      cost('prd', 'nfrs', 7),
      { kind: 'task', body: { usdMicros: 99 } },
      cost('qa', 'e2e', 5),
      cost('prd', 'ux', 1),
    ]),
  );
  expect(summary.total).toEqual({ tokens: 30, usdMicros: 13, modelCalls: 3 });
  expect(summary.byPhase).toEqual([
    { phase: 'prd', tokens: 20, usdMicros: 8, modelCalls: 2, tasks: 2 },
    { phase: 'qa', tokens: 10, usdMicros: 5, modelCalls: 1, tasks: 1 },
  ]);
  expect(summary.byAgent.map(({ agent, usdMicros }) => [agent, usdMicros])).toEqual([
    ['nfrs', 7],
    ['e2e', 5],
    ['ux', 1],
  ]);
});

it('the sum of the leaves equals the phases equals the run, to the micro-USD', () => {
  const leaf = fc.record({
    phase: fc.constantFrom('a', 'b', 'c'),
    agent: fc.constantFrom('x', 'y'),
    tokens: fc.nat(100_000),
    usdMicros: fc.nat(3_000_000),
    modelCalls: fc.nat(9),
  });
  fc.assert(
    fc.property(fc.array(leaf, { maxLength: 30 }), (leaves) => {
      const { total, byPhase, byAgent } = costSummary(chainOf(leaves.map((body) => ({ kind: 'cost', body }))));
      const of = (parts: readonly { usdMicros: number }[]): number =>
        parts.reduce((sum, part) => sum + part.usdMicros, 0);
      expect([of(byPhase), of(byAgent), total.usdMicros]).toEqual(Array(3).fill(of(leaves)));
    }),
    { numRuns: 50 },
  );
});

it('takes a body that is not its own for nothing', () => {
  expect(
    costSummary(
      chainOf([
        { kind: 'cost', body: null },
        { kind: 'cost', body: { tokens: '12' } },
      ]),
    ).total,
  ).toEqual({
    tokens: 0,
    usdMicros: 0,
    modelCalls: 0,
  });
});
