// Looks into the store of a killed run: which steps were finished, and how often each was started until then.

import { existsSync } from 'node:fs';
import { homeAt } from '../../cli/home.ts';
import { lookBack } from '../../cli/reopen.ts';
import { partition } from '../../store/keys.ts';
import { queryRows } from '../../store/table.ts';
import type { TestHome } from './command.ts';

/** Runs by `task step`, as in the ledger; null when there is no store yet. */
export async function storedSteps(home: TestHome): Promise<ReadonlyMap<string, number> | null> {
  if (!existsSync(homeAt(home.dir).store)) return null;
  const rows = await lookBack<StepRow[]>(
    homeAt(home.dir),
    (stage) => queryRows<StepRow>(stage.table, partition('the-run'), 'STEP#'),
    [],
  );
  const finished = rows.filter((row) => row.payload !== undefined);
  return new Map(finished.map((row) => [`${taskOf(row.sk)} ${row.step}`, row.runs]));
}

interface StepRow {
  readonly sk: string;
  readonly step: string;
  readonly runs: number;
  readonly payload?: unknown;
}

/** `STEP#<phase>#<aa>#<rrr>#<www>#<task>#<variant>#<step>` -> the task's path. */
function taskOf(sk: string): string {
  return sk.split('#').slice(1, 6).join('#');
}
