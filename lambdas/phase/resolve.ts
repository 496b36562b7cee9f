// Acts on a person's answer, or on its absence. An answer that cannot be accepted is put on the ledger with the reason,
// and the phase waits again.

import { BadInput, IdeaMineError } from '../../core/errors.ts';
import { hashOf } from '../../core/json.ts';
import { type AttemptRow, getAttempt } from '../../store/attempts.ts';
import { outboxItem } from '../../store/outbox.ts';
import { getPhase, type PhaseEnd, type PhaseRow } from '../../store/phases.ts';
import { transact } from '../../store/table.ts';
import { cancelTimer, listTimers } from '../../store/timers.ts';
import { decision } from '../entries.ts';
import type { PhaseState, ResolveState } from '../messages.ts';
import { isClockStopped } from '../run-clock.ts';
import { type Answer, checkAnswer } from './answer.ts';
import { type PhaseDeps, stateOf } from './deps.ts';
import { end } from './end.ts';
import { reminderName } from './escalate.ts';
import { lostTasks } from './lost-tasks.ts';

export async function resolve(deps: PhaseDeps, state: ResolveState): Promise<PhaseState> {
  const next = await answered(deps, state);
  if (next.next !== 'escalate') await isClockStopped(deps, state.runId);
  return next;
}

async function answered(deps: PhaseDeps, state: ResolveState): Promise<PhaseState> {
  const row = await getPhase(deps.table, state.runId, state.phase);
  if (row === undefined) throw new IdeaMineError('IdeaMine.NoSuchPhase', `phase ${state.phase} has not begun`);
  if (row.status === 'handed-on' || row.status === 'failed') return stateOf(row, 'done');
  const attempt = await getAttempt(deps.table, row.runId, row.phase, row.attempt);
  const score = attempt?.score ?? null;
  if (state.error !== undefined) {
    await forgetReminder(deps, row);
    const reason = `${await gateSaid(deps, row, attempt)}, and nobody decided: ${state.error.Error ?? 'no answer'}`;
    return end(deps, row, { verdict: 'failed', score, reason });
  }
  let answer: Answer;
  try {
    answer = checkAnswer(state.decision, attempt?.issues ?? [], deps.now());
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    await refuse(deps, row, state.decision, error.message);
    return stateOf(row, 'escalate');
  }
  await forgetReminder(deps, row);
  const how = endOf(answer, attempt?.refused ?? []);
  const reason = `${await gateSaid(deps, row, attempt)}; ${how.reason}`;
  return end(deps, row, { ...how, reason, score }, `${answer.kind}:${answer.by}`);
}

async function gateSaid(deps: PhaseDeps, row: PhaseRow, attempt: AttemptRow | undefined): Promise<string> {
  if (attempt?.verdict === 'passed') return 'the gate passed and asks for a person';
  const lost = (attempt?.refused ?? []).length > 0 ? await lostTasks(deps.table, row) : '';
  return `the gate failed: ${(attempt?.reasons ?? ['its report is missing']).join('; ')}${lost}`;
}

function endOf(answer: Answer, missing: readonly string[]): Pick<PhaseEnd, 'verdict' | 'reason' | 'waiver'> {
  if (answer.decision === 'reject') {
    return { verdict: 'failed', reason: `rejected by ${answer.by}${answer.reason ? `: ${answer.reason}` : ''}` };
  }
  // Nothing can be approved that was not made.
  if (missing.length > 0) return { verdict: 'failed', reason: `cannot be handed on: ${missing.join('; ')}` };
  if (answer.decision === 'waive') {
    return { verdict: 'waived', reason: `waived by ${answer.by}`, waiver: answer.waiver };
  }
  return { verdict: 'approved', reason: `approved by ${answer.by}${answer.reason ? `: ${answer.reason}` : ''}` };
}

async function refuse(deps: PhaseDeps, row: PhaseRow, answer: unknown, because: string): Promise<void> {
  await transact(deps.table, [
    outboxItem(deps.table, row.runId, {
      id: `refused.${row.phase}.${row.attempt}.${hashOf(answer ?? null).slice(0, 16)}`,
      at: deps.now(),
      entries: [decision('phase', { phase: row.phase, attempt: row.attempt, decided: 'answer refused', because })],
    }),
  ]);
}

async function forgetReminder(deps: PhaseDeps, row: PhaseRow): Promise<void> {
  const timer = (await listTimers(deps.table, row.runId)).find(({ name }) => name === reminderName(row.phase));
  if (timer === undefined || timer.status !== 'armed') return;
  await cancelTimer(deps.table, timer);
  await deps.schedules.remove(timer.schedule);
}
