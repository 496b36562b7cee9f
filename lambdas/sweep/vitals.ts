// What can be seen of all open runs at a glance: how long the quietest worker and the quietest run have been silent, and how
// many task tokens are out. A few queries by key or index, however many tasks a run has.

import type { Emitted } from '../../core/metrics/emitted.ts';
import { lastEvent } from '../../store/events.ts';
import { CLAIMED } from '../../store/keys.ts';
import { listPhases } from '../../store/phases.ts';
import { activeRunIds } from '../../store/runs.ts';
import { queryIndex, type Table } from '../../store/table.ts';
import type { TaskRow } from '../../store/task-row.ts';

export type Vitals = Readonly<Record<Extract<Emitted, 'heartbeatAge' | 'progressAge' | 'openTokens'>, number>>;

/** @param at ISO time */
export async function vitalsOf(table: Table, at: string): Promise<Vitals> {
  // No more than there are workers; the one heard of longest ago comes first.
  const held = await queryIndex<TaskRow>(table, CLAIMED, '9999');
  const runs = await Promise.all((await activeRunIds(table)).map((runId) => look(table, runId)));
  const waiting = runs.reduce((sum, run) => sum + run.waiting, 0);
  const quiet = runs.filter((run) => run.waiting === 0).map((run) => secondsSince(run.lastEventAt ?? at, at));
  return {
    heartbeatAge: secondsSince(held[0]?.heartbeatAt ?? at, at),
    progressAge: Math.max(0, ...quiet),
    openTokens: held.length + waiting,
  };
}

async function look(table: Table, runId: string) {
  const [phases, last] = await Promise.all([listPhases(table, runId), lastEvent(table, runId)]);
  return { waiting: phases.filter(({ status }) => status === 'waiting').length, lastEventAt: last?.at };
}

const secondsSince = (then: string, now: string): number =>
  Math.max(0, Math.round((Date.parse(now) - Date.parse(then)) / 1000));
