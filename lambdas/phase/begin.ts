// Begins a phase, or takes it up where a resumed run finds it: handed on is handed on, an attempt that was cut short
// goes on under its number, one that ended badly is followed by the next.

import { IdeaMineError } from '../../core/errors.ts';
import { getAttempt } from '../../store/attempts.ts';
import { advancePhase, beginPhase, getPhase, type PhaseRow } from '../../store/phases.ts';
import { getRun } from '../../store/runs.ts';
import { decision } from '../entries.ts';
import type { PhaseState } from '../messages.ts';
import { decide } from './decide.ts';
import { type PhaseDeps, stateOf } from './deps.ts';
import { newAttempt } from './new-attempt.ts';

export async function begin(deps: PhaseDeps, runId: string, phase: string): Promise<PhaseState> {
  const run = await getRun(deps.table, runId);
  if (run === undefined) throw new IdeaMineError('IdeaMine.NoSuchRun', `there is no run ${runId}`);
  const found = await getPhase(deps.table, runId, phase);
  if (found?.status === 'handed-on') return stateOf(found, 'done');
  if (run.status !== 'RUNNING') return { runId, phase, attempt: found?.attempt ?? 1, next: 'done', ok: false };
  if (found === undefined) return beginNew(deps, runId, phase);
  return takeUp(deps, found);
}

async function beginNew(deps: PhaseDeps, runId: string, phase: string): Promise<PhaseState> {
  const at = deps.now();
  const row: PhaseRow = { runId, phase, status: 'running', attempt: 1, startedAt: at };
  const attempt = newAttempt(row, 1, at, { fixes: [], strict: false });
  const events = [{ type: 'phase.started' as const, phase }];
  await beginPhase(deps.table, row, attempt, { id: `phase.started.${phase}`, at, events });
  return stateOf(row, 'attempt');
}

async function takeUp(deps: PhaseDeps, found: PhaseRow): Promise<PhaseState> {
  const attempt = await getAttempt(deps.table, found.runId, found.phase, found.attempt);
  if (found.status === 'running' && attempt?.status !== 'gated') return stateOf(found, 'attempt');
  // Its gate passed, and the execution ended before that was acted on.
  if (found.status === 'running' && attempt?.verdict === 'passed') return decide(deps, found);
  const next = found.attempt + 1;
  const at = deps.now();
  const strict = attempt?.strict ?? false;
  await advancePhase(
    deps.table,
    found,
    newAttempt(found, next, at, { fixes: [], strict, directions: attempt?.directions, knowledge: attempt?.knowledge }),
    {
      id: `resumed.${found.phase}.${next}`,
      at,
      entries: [
        decision('phase', { phase: found.phase, decided: 'attempt', attempt: next, because: 'the run was resumed' }),
      ],
    },
  );
  return stateOf({ ...found, status: 'running', attempt: next }, 'attempt');
}
