// Leaves the token of the waiting state in the phase's row and sets the reminder. Nobody answers: the state's own
// time-out rejects after five days.

import { IdeaMineError } from '../../core/errors.ts';
import { getAttempt } from '../../store/attempts.ts';
import { outboxItem } from '../../store/outbox.ts';
import { awaitDecision, getPhase } from '../../store/phases.ts';
import { transact } from '../../store/table.ts';
import { armTimer } from '../../store/timers.ts';
import { decision } from '../entries.ts';
import type { PhaseMessage, TimerMessage } from '../messages.ts';
import { timerSchedule } from '../schedule-names.ts';
import type { PhaseDeps } from './deps.ts';

/** Spec §6: reminder after a day. */
const REMIND_AFTER_MS = 86_400_000;

export async function escalate(deps: PhaseDeps, message: Extract<PhaseMessage, { op: 'escalate' }>): Promise<void> {
  const { runId, phase, attempt } = message;
  const row = await getPhase(deps.table, runId, phase);
  if (row === undefined || row.attempt !== attempt) {
    throw new IdeaMineError('IdeaMine.NoSuchAttempt', `${phase} is not at attempt ${attempt}`);
  }
  const at = deps.now();
  await awaitDecision(deps.table, row, message.token, at);
  const gate = await getAttempt(deps.table, runId, phase, attempt);
  await transact(deps.table, [
    outboxItem(deps.table, runId, {
      id: `escalated.${phase}.${attempt}`,
      at,
      entries: [
        decision('phase', {
          phase,
          attempt,
          decided: 'escalated',
          because: [...(gate?.reasons ?? [])],
          answers: ANSWERS,
        }),
      ],
    }),
  ]);
  await remind(deps, runId, phase, attempt, at);
}

const ANSWERS = ['approve', 'waive', 'reject'];

async function remind(deps: PhaseDeps, runId: string, phase: string, attempt: number, from: string): Promise<void> {
  const name = reminderName(phase);
  const at = new Date(Date.parse(from) + REMIND_AFTER_MS).toISOString();
  const schedule = timerSchedule(runId, name);
  await armTimer(deps.table, { runId, name, kind: 'approval-reminder', at, status: 'armed', schedule, phase, attempt });
  const payload: TimerMessage = { kind: 'approval-reminder', runId, name, at };
  await deps.schedules.once(schedule, at, { functionArn: deps.timerFunction, payload });
}

export const reminderName = (phase: string): string => `approval-reminder-${phase}`;
