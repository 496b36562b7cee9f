// Alerts at 50, 80, 95 and 100 % of a budget: with the round that passed them, each once.

import { describe, expect, it } from '@jest/globals';
import { budgetEvents } from '../../lambdas/aggregate/alerts.ts';
import type { RunRow } from '../../store/runs.ts';
import type { TaskRow } from '../../store/task-row.ts';

const run = {
  budgetUsdMicros: 1000,
  shares: {
    a: { tokens: 1000, toolMs: 0, usdMicros: 400 },
    b: { tokens: 9000, toolMs: 0, usdMicros: 600 },
  },
} as unknown as RunRow;

const task = (phase: string, id: string, spentTokens: number, spentUsdMicros: number): TaskRow =>
  ({ phase, task: id, idempotencyKey: `${phase}-${id}`, spentTokens, spentUsdMicros }) as unknown as TaskRow;

const alerts = (phase: string, rows: readonly TaskRow[], round: readonly TaskRow[]): string[] =>
  budgetEvents(run, phase, rows, round).map(({ detail }) => `${detail?.scope} ${detail?.percent}`);

describe('budgetEvents', () => {
  it('says nothing below half', () => {
    const round = [task('a', '1', 499, 0)];
    expect(alerts('a', round, round)).toEqual([]);
  });

  it('names each mark the round passed, by the dimension that is most used', () => {
    const round = [task('a', '1', 200, 390)];
    expect(alerts('a', round, round)).toEqual(['phase 50', 'phase 80', 'phase 95']);
  });

  it('does not say again what an earlier round passed', () => {
    const before = task('a', '1', 850, 0);
    const round = [task('a', '2', 20, 0)];
    expect(alerts('a', [before, ...round], round)).toEqual([]);
    const more = [task('a', '2', 150, 0)];
    expect(alerts('a', [before, ...more], more)).toEqual(['phase 95', 'phase 100']);
  });

  it('counts the run over all its phases', () => {
    const before = task('a', '1', 0, 400);
    const round = [task('b', '1', 0, 150)];
    expect(alerts('b', [before, ...round], round)).toEqual(['run 50']);
  });
});
