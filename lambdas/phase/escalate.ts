// Leaves the token of the waiting state in the phase's row and sets the reminder. Nobody answers: the state's own
// time-out rejects after five days.

import { IdeaMineError, Transient } from '../../core/errors.ts';
import { getAttempt } from '../../store/attempts.ts';
import type { Outbox } from '../../store/outbox.ts';
import { awaitDecision, getPhase, type PhaseRow } from '../../store/phases.ts';
import { stopClock } from '../../store/runs.ts';
import { armTimer } from '../../store/timers.ts';
import { decision } from '../entries.ts';
import type { PhaseMessage, PhaseState, TimerMessage } from '../messages.ts';
import { timerSchedule } from '../schedule-names.ts';
import type { PhaseDeps } from './deps.ts';

/** Spec §6: reminder after a day. */
const REMIND_AFTER_MS = 86_400_000;
const MOST_READS = 3;

export async function escalate(deps: PhaseDeps, message: Extract<PhaseMessage, { op: 'escalate' }>): Promise<void> {
  const { runId, phase, attempt, token } = message;
  const at = deps.now();
  const outbox = await escalated(deps, message, at);
  // Refused means that another call made it wait since it was read: the next one finds it waiting.
  for (let reads = 0; !(await awaitDecision(deps.table, await open(deps, message), token, at, outbox)); reads += 1) {
    if (reads === MOST_READS) throw new Transient(`${phase} changes faster than it can be read`);
  }
  await stopClock(deps.table, runId, at);
  await remind(deps, runId, phase, attempt, at);
}

/** The phase's row while there is something to decide. */
async function open(
  deps: PhaseDeps,
  { runId, phase, attempt }: Pick<PhaseState, 'runId' | 'phase' | 'attempt'>,
): Promise<PhaseRow> {
  const row = await getPhase(deps.table, runId, phase);
  if (row === undefined || row.attempt !== attempt) {
    throw new IdeaMineError('IdeaMine.NoSuchAttempt', `${phase} is not at attempt ${attempt}`);
  }
  if (row.status === 'running' || row.status === 'waiting') return row;
  throw new IdeaMineError('IdeaMine.NothingToDecide', `${phase} has ended: ${row.status}`);
}

async function escalated(
  deps: PhaseDeps,
  { runId, phase, attempt }: Pick<PhaseState, 'runId' | 'phase' | 'attempt'>,
  at: string,
): Promise<Outbox> {
  const gate = await getAttempt(deps.table, runId, phase, attempt);
  const because = [...(gate?.reasons ?? [])];
  return {
    id: `escalated.${phase}.${attempt}`,
    at,
    entries: [decision('phase', { phase, attempt, decided: 'escalated', because, answers: ANSWERS })],
  };
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
