// Why an artifact was not made, for people: what the attempt's set-aside tasks failed of.

import type { PhaseRow } from '../../store/phases.ts';
import type { Table } from '../../store/table.ts';
import { listTasks, type TaskRow } from '../../store/task-row.ts';

/** Tasks named; one cause usually fails them all. */
const MOST = 3;
/** Characters of a cause. */
const LONGEST = 200;

/** @returns `; task <agent> failed: <code>: <cause>` for each, empty when none was set aside. */
export async function lostTasks(table: Table, { runId, phase, attempt }: PhaseRow): Promise<string> {
  const tasks = await listTasks(table, runId, phase, attempt);
  const lost = [...new Set(tasks.filter(({ status }) => status === 'set-aside').map(causeOf))];
  const more = lost.length > MOST ? `; and ${lost.length - MOST} more` : '';
  return `${lost.slice(0, MOST).join('')}${more}`;
}

function causeOf({ agent, failures }: TaskRow): string {
  const { code, cause } = failures.at(-1) ?? { code: 'IdeaMine.Unknown', cause: '' };
  const short = cause.length > LONGEST ? `${cause.slice(0, LONGEST - 1)}…` : cause;
  return `; task ${agent} failed: ${code}${short === '' ? '' : `: ${short}`}`;
}
