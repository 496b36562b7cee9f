// Looks into the store of a killed run: which steps were finished, and how often each was started until then.

import { existsSync } from 'node:fs';
import { homeAt } from '../../cli/home.ts';
import { reopenStage } from '../../cli/reopen.ts';
import { partition } from '../../store/keys.ts';
import { queryRows } from '../../store/table.ts';
import type { TestHome } from './command.ts';

/** Runs by `task step`, as in the ledger; null when there is no store yet. */
export async function storedSteps(home: TestHome): Promise<ReadonlyMap<string, number> | null> {
  if (!existsSync(homeAt(home.dir).store)) return null;
  const stage = await reopenStage(homeAt(home.dir), { reading: true }).catch((thrown: unknown) => {
    // Killed between creating the file and its first commit: the store is empty.
    if (thrown instanceof Error && /no such table/.test(thrown.message)) return null;
    throw thrown;
  });
  if (stage === null) return new Map();
  try {
    const rows = await queryRows<{ sk: string; step: string; runs: number; payload?: unknown }>(
      stage.table,
      partition('the-run'),
      'STEP#',
    );
    const finished = rows.filter((row) => row.payload !== undefined);
    return new Map(finished.map((row) => [`${taskOf(row.sk)} ${row.step}`, row.runs]));
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'ResourceNotFoundException') return new Map();
    throw thrown;
  } finally {
    await stage.world.close();
  }
}

/** `STEP#<phase>#<aa>#<rrr>#<www>#<task>#<variant>#<step>` -> the task's path. */
function taskOf(sk: string): string {
  return sk.split('#').slice(1, 6).join('#');
}
