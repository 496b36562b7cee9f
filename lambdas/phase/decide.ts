// What follows an attempt: handed on, another attempt with fixes, a person's decision, or the end. What the gate said is
// read from the attempt's row, not from the execution's state.
//
// Tries are not burnt: another attempt is made only when it would do something differently, that is when an issue has a
// fix that can be carried out, and the issues are not those of the attempt before.

import { IdeaMineError } from '../../core/errors.ts';
import { directionsAfter, noDirections } from '../../core/gates/directions.ts';
import type { Json } from '../../core/json.ts';
import type { Phase } from '../../core/pipeline/model.ts';
import { classify } from '../../core/retry/classify.ts';
import { type AttemptRow, FIX_FAILED, listAttempts } from '../../store/attempts.ts';
import { advancePhase, getPhase, type PhaseRow } from '../../store/phases.ts';
import { decision } from '../entries.ts';
import type { CaughtError, DecideState, PhaseState } from '../messages.ts';
import { loadPinned, type Pinned, phaseOf } from '../pinned.ts';
import { safeCause } from '../worker/cause.ts';
import { budgetEnd } from './budget-end.ts';
import { type PhaseDeps, stateOf } from './deps.ts';
import { end } from './end.ts';
import { lostTasks } from './lost-tasks.ts';
import { type Fixes, newAttempt } from './new-attempt.ts';

export async function decide(deps: PhaseDeps, state: DecideState): Promise<PhaseState> {
  const pinned = await loadPinned(deps.table, deps.pipelines, state.runId);
  const row = await getPhase(deps.table, state.runId, state.phase);
  if (row === undefined) throw new IdeaMineError('IdeaMine.NoSuchPhase', `phase ${state.phase} has not begun`);
  if (row.status === 'handed-on' || row.status === 'failed') return stateOf(row, 'done');
  // Decided before, and the answer was lost.
  if (row.attempt > state.attempt) return stateOf(row, 'attempt');
  if (pinned.run.status !== 'RUNNING') return stateOf(row, 'done');
  const phase = phaseOf(pinned.pipeline, state.phase);
  const attempts = await listAttempts(deps.table, state.runId, state.phase);
  const attempt = attempts.find((one) => one.attempt === row.attempt);
  if (attempt?.status !== 'gated') return broken(deps, phase, row, state.error);
  if (attempt.verdict === 'passed') {
    if (phase.gate.approval === 'person') return stateOf(row, 'escalate');
    return end(deps, row, { verdict: 'passed', score: attempt.score ?? null, reason: 'the gate passed' });
  }
  return failed(deps, pinned, phase, row, attempt, attempts);
}

/** The attempt never came to its gate. */
function broken(deps: PhaseDeps, phase: Phase, row: PhaseRow, error: CaughtError | undefined): Promise<PhaseState> {
  const code = error?.Error ?? 'IdeaMine.Unknown';
  const because = `the attempt broke off: ${code}${error?.Cause === undefined ? '' : `: ${safeCause(error.Cause)}`}`;
  if (row.attempt < phase.gate.tries && classify(code) !== 'never')
    return again(deps, row, { fixes: [], strict: false }, because, []);
  return end(deps, row, { verdict: 'failed', score: null, reason: because });
}

async function failed(
  deps: PhaseDeps,
  { run }: Pinned,
  phase: Phase,
  row: PhaseRow,
  attempt: AttemptRow,
  attempts: readonly AttemptRow[],
): Promise<PhaseState> {
  const remedies = (attempt.remedies ?? []).filter(({ automatic }) => automatic);
  const because = (attempt.reasons ?? []).join('; ');
  const stop = whyStop(phase, attempt, attempts);
  if (stop === undefined) {
    const strict = attempt.strict || remedies.some((remedy) => remedy.strict);
    const fixes = remedies.map(({ issue, fix }) => `${fix}: ${issue}`);
    const directions = directionsAfter(attempt.directions ?? noDirections, remedies);
    return again(deps, row, { fixes, strict, directions, knowledge: attempt.knowledge }, because, failedFixes(attempt));
  }
  const reason = `${because} (${stop})`;
  const score = attempt.score ?? null;
  const missing = attempt.refused ?? [];
  const poor = await budgetEnd(deps.table, row);
  if (poor !== undefined && (run.gates === 'enforce' || missing.length > 0)) {
    return end(deps, row, { verdict: 'failed', score, reason: `${poor}; ${reason}` });
  }
  if (run.gates === 'enforce') return stateOf(row, 'escalate');
  if (missing.length > 0) {
    const lost = await lostTasks(deps.table, row);
    return end(deps, row, { verdict: 'failed', score, reason: `cannot be handed on: ${missing.join('; ')}${lost}` });
  }
  return end(deps, row, { verdict: 'advised', score, reason });
}

/** Why another attempt is not made, or undefined. */
function whyStop(phase: Phase, attempt: AttemptRow, attempts: readonly AttemptRow[]): string | undefined {
  if (attempt.attempt >= phase.gate.tries) return `${phase.gate.tries} of ${phase.gate.tries} tries are used`;
  if (!(attempt.remedies ?? []).some(({ automatic }) => automatic)) {
    return 'no issue has a fix that another try could carry out';
  }
  const before = attempts.find((one) => one.attempt === attempt.attempt - 1);
  if (before?.issues !== undefined && same(before.issues, attempt.issues ?? [])) {
    return 'the issues are those of the try before';
  }
  return undefined;
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((issue, index) => issue === b[index]);

/** Fixes that were carried out before and whose issue is there again. */
const failedFixes = ({ remedies = [] }: AttemptRow): string[] =>
  remedies.filter(({ because }) => because === FIX_FAILED).map(({ issue, fix }) => `${fix}: ${issue}`);

async function again(
  deps: PhaseDeps,
  row: PhaseRow,
  fixes: Fixes,
  because: string,
  failed: readonly string[],
): Promise<PhaseState> {
  const attempt = row.attempt + 1;
  const at = deps.now();
  const { strict, directions } = fixes;
  const changes: { [key: string]: Json } =
    directions === undefined ? {} : { directions: directions as unknown as Json };
  await advancePhase(deps.table, row, newAttempt(row, attempt, at, fixes), {
    id: `attempt.${row.phase}.${attempt}`,
    at,
    entries: [
      decision('phase', {
        phase: row.phase,
        decided: 'attempt',
        attempt,
        because,
        fixes: [...fixes.fixes],
        strict,
        ...changes,
        ...(failed.length > 0 ? { failedFixes: [...failed] } : {}),
      }),
    ],
  });
  return stateOf({ ...row, attempt }, 'attempt');
}
