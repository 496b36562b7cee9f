// What a timer does when it fires. Firing twice, or after the run has ended, does nothing: the timer's row says so.

import { outboxItem } from '../../store/outbox.ts';
import { getRun, type RunRow } from '../../store/runs.ts';
import { type Table, transact } from '../../store/table.ts';
import { fireTimer, type TimerRow } from '../../store/timers.ts';
import type { Schedules } from '../clients/scheduler.ts';
import type { Executions } from '../clients/sfn.ts';
import { decision } from '../entries.ts';
import type { TimerMessage } from '../messages.ts';
import { isClockStopped } from '../run-clock.ts';
import type { Log } from '../serve.ts';

export interface TimerDeps {
  readonly table: Table;
  readonly executions: Executions;
  readonly schedules: Schedules;
  readonly timerFunction: string;
  readonly now: () => string;
}

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
  if (timer !== undefined && (await isClockStopped(deps, run.runId))) {
    log.info('a person is waited for: the deadline is set anew when they have answered');
    return;
  }
  // The clock stood still without anyone having said that it goes on again: it has a later deadline now.
  const now = await getRun(deps.table, run.runId);
  if (now !== undefined && now.deadlineAt > message.at) return;
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
