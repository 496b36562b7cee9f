// What a gate believed, kept beside its report: the artifacts by hash and what their making took. With the artifacts, which are kept
// by the same hashes, and the raw reports of tools that they name, every score can be computed again.

import type { Json } from '../../core/json.ts';
import type { TaskRow } from '../../store/task-row.ts';
import type { Looked } from './evidence.ts';

export function evidencePack(
  phase: string,
  attempt: number,
  report: string,
  looked: readonly Looked[],
  tasks: readonly TaskRow[],
): Json {
  const made = tasks.filter(({ status }) => status === 'committed');
  return {
    phase,
    attempt,
    report,
    artifacts: looked.map(({ type, sha256, bytes }) => ({ type, sha256, bytes })),
    spent: {
      tokens: tasks.reduce((sum, { spentTokens }) => sum + spentTokens, 0),
      usdMicros: tasks.reduce((sum, { spentUsdMicros }) => sum + spentUsdMicros, 0),
      workedMs: made.reduce((sum, row) => sum + workedMs(row), 0),
    },
    tasks: made.map((row) => ({
      task: row.task,
      round: row.round,
      result: row.result?.sha256 ?? null,
      tokens: row.spentTokens,
      usdMicros: row.spentUsdMicros,
      workedMs: workedMs(row),
      model: row.model ?? null,
      ...(row.workedIn === undefined ? {} : { workedIn: row.workedIn }),
    })),
  };
}

/** From its last claim to its commit; 0 for a result that was kept from an earlier attempt. */
function workedMs({ startedAt, committedAt, workedIn }: TaskRow): number {
  if (startedAt === undefined || committedAt === undefined || workedIn !== undefined) return 0;
  return Math.max(0, Date.parse(committedAt) - Date.parse(startedAt));
}
