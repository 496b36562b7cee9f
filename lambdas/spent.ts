// What tasks have spent. No evidence tool runs yet, so no tool time is spent.

import { type Amount, sum } from '../core/budget/amount.ts';
import type { TaskRow } from '../store/task-row.ts';

export const spentBy = (rows: readonly TaskRow[]): Amount =>
  sum(rows.map((row) => ({ tokens: row.spentTokens, toolMs: 0, usdMicros: row.spentUsdMicros })));
