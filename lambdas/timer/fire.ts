// What a timer does when it fires. Firing twice, or after the run has ended, does nothing: the timer's row says so.

import { outboxItem } from '../../store/outbox.ts';
import { listPhases } from '../../store/phases.ts';
import { getRun, type RunRow } from '../../store/runs.ts';
import { type Table, transact } from '../../store/table.ts';
import { armTimer, fireTimer, type TimerRow } from '../../store/timers.ts';
import type { Schedules } from '../clients/scheduler.ts';
import type { Executions } from '../clients/sfn.ts';
import { decision } from '../entries.ts';
import type { TimerMessage } from '../messages.ts';
import type { Log } from '../serve.ts';

export interface TimerDeps {
  readonly table: Table;
  readonly executions: Executions;
  readonly schedules: Schedules;
  readonly timerFunction: string;
  readonly now: () => string;
}

/** How much longer a run may take while a person is waited for: the clock stands still then (spec §4). */
const GRACE_MS = 86_400_000;

export async function fire(deps: TimerDeps, message: TimerMessage, log: Log): Promise<void> {
  const run = await getRun(deps.table, message.runId);
  if (run?.status !== 'RUNNING') {
    log.info('the run has ended: the timer does nothing', { timer: message.name });
    return;
  }
  const timer = await fireTimer(deps.table, message.runId, message.name, message.at);
  // A deadline that was fired but whose stop was not heard is said again: stopping twice is stopping once.
  if (timer === undefined && message.kind !== 'run-deadline') return;
  if (message.kind === 'approval-reminder') return remind(deps, message, timer);
  await deadline(deps, run, message, timer, log);
}

async function deadline(
  deps: TimerDeps,
  run: RunRow,
  message: TimerMessage,
  timer: TimerRow | undefined,
  log: Log,
): Promise<void> {
  if (message.at !== run.deadlineAt && timer === undefined) return;
  const waiting = (await listPhases(deps.table, run.runId)).filter(({ status }) => status === 'waiting');
  if (waiting.length > 0 && timer !== undefined) {
    const at = new Date(Date.parse(deps.now()) + GRACE_MS).toISOString();
    await armTimer(deps.table, { ...timer, at, status: 'armed' });
    await deps.schedules.once(timer.schedule, at, { functionArn: deps.timerFunction, payload: { ...message, at } });
    log.info('the deadline waits while a person is waited for', { until: at });
    return;
  }
  const cause = `the run's deadline (${message.at}) has passed`;
  await transact(deps.table, [
    outboxItem(deps.table, run.runId, {
      id: `deadline.${run.openings}`,
      at: deps.now(),
      entries: [decision('timer', { decided: 'stopped', because: cause })],
      events: [{ type: 'run.stopping', detail: { cause } }],
    }),
  ]);
  await deps.executions.stop(run.executionArn, 'IdeaMine.Deadline', cause);
}

async function remind(deps: TimerDeps, message: TimerMessage, timer: TimerRow | undefined): Promise<void> {
  await transact(deps.table, [
    outboxItem(deps.table, message.runId, {
      id: `reminded.${message.name}.${message.at}`,
      at: deps.now(),
      entries: [
        decision('timer', { decided: 'reminded', phase: timer?.phase ?? null, attempt: timer?.attempt ?? null }),
      ],
    }),
  ]);
}
