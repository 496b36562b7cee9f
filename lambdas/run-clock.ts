// The clock of a run stands still while a person is waited for (spec §4): when the last one has answered, the deadline moves
// by exactly the time that was waited. Two gates that wait side by side stop it once.

import { outboxItem } from '../store/outbox.ts';
import { listPhases, type PhaseRow } from '../store/phases.ts';
import { getRun, type RunRow, startClock } from '../store/runs.ts';
import { type Table, transact } from '../store/table.ts';
import { armTimer } from '../store/timers.ts';
import type { Schedules } from './clients/scheduler.ts';
import { decision } from './entries.ts';
import type { TimerMessage } from './messages.ts';
import { timerSchedule } from './schedule-names.ts';

export interface ClockDeps {
  readonly table: Table;
  readonly schedules: Pick<Schedules, 'once'>;
  readonly timerFunction: string;
  readonly now: () => string;
}

const DEADLINE = 'run-deadline';

export async function setDeadline(deps: ClockDeps, { runId, deadlineAt: at }: RunRow): Promise<void> {
  const schedule = timerSchedule(runId, DEADLINE);
  await armTimer(deps.table, { runId, name: DEADLINE, kind: DEADLINE, at, status: 'armed', schedule });
  const payload: TimerMessage = { kind: DEADLINE, runId, name: DEADLINE, at };
  await deps.schedules.once(schedule, at, { functionArn: deps.timerFunction, payload });
}

/** Whether a person is waited for. Otherwise the clock goes, from now on if it stood still. */
export async function isClockStopped(deps: ClockDeps, runId: string): Promise<boolean> {
  const run = await getRun(deps.table, runId);
  if (run?.waitingSince === undefined) return false;
  const phases = await listPhases(deps.table, runId);
  if (phases.some(({ status }) => status === 'waiting')) return true;
  const until = answeredAt(phases, run.waitingSince) ?? deps.now();
  const waitedMs = Math.max(0, Date.parse(until) - Date.parse(run.waitingSince));
  const deadlineAt = new Date(Date.parse(run.deadlineAt) + waitedMs).toISOString();
  const moved = await startClock(deps.table, run, deadlineAt);
  if (moved === undefined || waitedMs === 0) return false;
  await transact(deps.table, [
    outboxItem(deps.table, runId, {
      id: `clock.${run.waitingSince}`,
      at: deps.now(),
      entries: [
        decision('clock', {
          decided: 'deadline moved',
          because: 'a person was waited for',
          since: run.waitingSince,
          until,
          waitedMs,
          deadlineAt,
        }),
      ],
    }),
  ]);
  await setDeadline(deps, moved);
  return false;
}

/** When the last of those who were waited for had answered. */
function answeredAt(phases: readonly PhaseRow[], since: string): string | undefined {
  return phases
    .flatMap(({ askedAt, endedAt }) =>
      askedAt !== undefined && endedAt !== undefined && endedAt >= since ? [endedAt] : [],
    )
    .sort()
    .at(-1);
}
