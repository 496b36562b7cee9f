// Whether a phase came to its end because its budget is used up: a task was refused a call that its share did not cover.
// Nobody is asked to decide about that; the run ends in good order, with what there is.

import type { PhaseRow } from '../../store/phases.ts';
import type { Table } from '../../store/table.ts';
import { listTasks } from '../../store/task-row.ts';

/** @returns why, for people; undefined when money and tokens were not the reason. */
export async function budgetEnd(table: Table, { runId, phase, attempt }: PhaseRow): Promise<string | undefined> {
  const tasks = await listTasks(table, runId, phase, attempt);
  const refused = tasks.filter(
    (task) => task.status === 'set-aside' && task.failures.at(-1)?.code === 'IdeaMine.Budget',
  );
  if (refused.length === 0) return undefined;
  return `the budget of the phase is used up: ${refused.map(({ agent, failures }) => `${agent}: ${failures.at(-1)?.cause}`).join('; ')}`;
}
