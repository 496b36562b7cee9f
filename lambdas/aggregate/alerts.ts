// Says when a phase or the run has used 50, 80, 95 or 100 % of its budget: each once, with the round that passed it.

import { alertsBetween, usedPercent } from '../../core/budget/alerts.ts';
import { type Amount, sum } from '../../core/budget/amount.ts';
import type { EventDraft } from '../../core/ledger/event.ts';
import type { RunRow } from '../../store/runs.ts';
import type { TaskRow } from '../../store/task-row.ts';
import { spentBy } from '../spent.ts';

/** @param rows all tasks of the run. @param round those of the round that has just ended. */
export function budgetEvents(
  run: RunRow,
  phase: string,
  rows: readonly TaskRow[],
  round: readonly TaskRow[],
): EventDraft[] {
  const share = run.shares[phase];
  const ofPhase = rows.filter((row) => row.phase === phase);
  const whole = { ...sum(Object.values(run.shares)), usdMicros: run.budgetUsdMicros };
  return [
    ...(share === undefined ? [] : passed('phase', share, ofPhase, round, phase)),
    ...passed('run', whole, rows, round, phase),
  ];
}

function passed(
  scope: 'phase' | 'run',
  cap: Amount,
  rows: readonly TaskRow[],
  round: readonly TaskRow[],
  phase: string,
): EventDraft[] {
  const tasks = new Set(round.map(({ idempotencyKey, task }) => `${idempotencyKey}/${task}`));
  const before = rows.filter(({ idempotencyKey, task }) => !tasks.has(`${idempotencyKey}/${task}`));
  const spent = spentBy(rows);
  const from = usedPercent({ cap, spent: spentBy(before) });
  return alertsBetween(from, usedPercent({ cap, spent })).map((percent) => ({
    type: 'run.budget',
    phase,
    detail: { scope, percent, spent: { ...spent }, cap: { ...cap } },
  }));
}
