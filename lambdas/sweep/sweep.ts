// The stall sweep: a claim that has been silent for its stale time is taken from its holder and its execution told, so
// that the supervisor hands the task out again. A try that ended without anyone telling is told now. Waiting in a queue
// is no stall: only held rows stand in the index.

import { LEAST_STALE_MS } from '../../core/resilience/heartbeat.ts';
import { CLAIMED, taskPath } from '../../store/keys.ts';
import { activeRunIds } from '../../store/runs.ts';
import { queryIndex, type Table } from '../../store/table.ts';
import { supersedeTask } from '../../store/task-outcome.ts';
import { getTask, type TaskRow } from '../../store/task-row.ts';
import type { Tokens } from '../clients/sfn.ts';
import type { Log } from '../serve.ts';
import { WORKER_LOST } from '../supervise/move.ts';
import { tell } from '../worker/finish.ts';

export interface SweepDeps {
  readonly table: Table;
  readonly tokens: Tokens;
  readonly now: () => string;
  /** The recurring schedule that calls the sweep. */
  readonly schedule: { start(): Promise<void>; stop(): Promise<void> };
}

export interface Swept {
  readonly superseded: number;
  readonly told: number;
  readonly active: boolean;
}

/** @param everyone every holder is known to be dead: a local engine that was killed took its workers along. */
export async function sweep(deps: SweepDeps, everyone: boolean, log: Log): Promise<Swept> {
  const at = deps.now();
  const held = await queryIndex<TaskRow>(deps.table, CLAIMED, everyone ? '9999' : `${before(at, LEAST_STALE_MS)}~`);
  let superseded = 0;
  let told = 0;
  for (const entry of held) {
    // The index may lag, and then its beat is older than the row's: what is fresh here is fresh there.
    if (!everyone && !isStale(entry, at)) continue;
    const { runId, phase, attempt, round, wave, task } = entry;
    // The row is what counts.
    const row = await getTask(deps.table, { runId, phase, attempt, round, wave, task });
    if (row?.token === undefined || !(everyone || isStale(row, at))) continue;
    if (row.status === 'claimed') {
      if (!(await take(deps.table, row, at, everyone))) continue;
      superseded += 1;
      log.warn('a claim is stale', { run: row.runId, phase: row.phase, task: row.task, heartbeatAt: row.heartbeatAt });
    } else {
      told += 1;
    }
    const now = await getTask(deps.table, row);
    if (now !== undefined && now.epoch === row.epoch && now.status !== 'claimed') await tell(deps, now, row.token);
  }
  const active = (await isAnyRunOpen(deps)) || (await isAnythingHeld(deps));
  if (!active) await rest(deps);
  return { superseded, told, active };
}

const isAnyRunOpen = async ({ table }: SweepDeps): Promise<boolean> => (await activeRunIds(table, 1)).length > 0;

/** Also what is not stale yet: a try that ended without anyone telling is still to be told. */
const isAnythingHeld = async ({ table }: SweepDeps): Promise<boolean> =>
  (await queryIndex(table, CLAIMED, '9999', { limit: 1 })).length > 0;

/** A run that was opened while the schedule was being deleted found it there and relied on it: it is looked for again. */
async function rest(deps: SweepDeps): Promise<void> {
  await deps.schedule.stop();
  if (await isAnyRunOpen(deps)) await deps.schedule.start();
}

const before = (at: string, ms: number): string => new Date(Date.parse(at) - ms).toISOString();

const isStale = (row: TaskRow, at: string): boolean =>
  Date.parse(row.heartbeatAt ?? at) + row.staleMs <= Date.parse(at);

function take(table: Table, row: TaskRow, at: string, everyone: boolean): Promise<boolean> {
  const task = taskPath(row);
  const silentSeconds = Math.round((Date.parse(at) - Date.parse(row.heartbeatAt ?? at)) / 1000);
  const cause = everyone ? 'the process of its worker is gone' : `no heartbeat for ${silentSeconds} s`;
  const failure = { try: row.try, code: everyone ? WORKER_LOST : 'IdeaMine.Stalled', cause, at };
  return supersedeTask(table, row, failure, {
    id: `stalled.${task}.${row.epoch}`,
    at,
    events: [{ type: 'phase.stalled', phase: row.phase, task, detail: { cause, try: row.try, silentSeconds } }],
  });
}
