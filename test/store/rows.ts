// Rows for tests of the store.

import { type AttemptRow, attemptItem } from '../../store/attempts.ts';
import { type Table, transact } from '../../store/table.ts';
import { START } from './tables.ts';

export const attemptRow = (change: Partial<AttemptRow> = {}): AttemptRow => ({
  runId: 'r1',
  phase: 'prd',
  attempt: 1,
  status: 'running',
  startedAt: START,
  strict: false,
  fixes: [],
  rounds: 0,
  last: null,
  ...change,
});

export const putAttempt = (table: Table, change: Partial<AttemptRow> = {}): Promise<boolean> =>
  transact(table, [attemptItem(table, attemptRow(change))]);
