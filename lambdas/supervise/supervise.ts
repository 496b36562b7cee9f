// Turns a task's failure into its next move: tried again, tried again otherwise, or set aside. Repeating the call finds
// the move it made and gives the same answer.

import { IdeaMineError } from '../../core/errors.ts';
import { sha256 } from '../../core/json.ts';
import { taskPath } from '../../store/keys.ts';
import { countFinishedSteps } from '../../store/steps.ts';
import type { Table } from '../../store/table.ts';
import { retryTask, setAside } from '../../store/task-outcome.ts';
import { getTask, type TaskFailure, type TaskRow } from '../../store/task-row.ts';
import type { SuperviseMessage, SuperviseState, TaskItem } from '../messages.ts';
import { loadPinned, type Pipelines, phaseOf } from '../pinned.ts';
import { TOOL } from '../version.ts';
import { safeCause } from '../worker/cause.ts';
import { leversOf } from './levers.ts';
import { type Again, type Move, moveFor } from './move.ts';

export interface SuperviseDeps {
  readonly table: Table;
  readonly pipelines: Pipelines;
  readonly now: () => string;
}

export async function supervise(deps: SuperviseDeps, { state }: SuperviseMessage): Promise<SuperviseState> {
  const row = await getTask(deps.table, state);
  if (row === undefined) {
    throw new IdeaMineError('IdeaMine.NoSuchTask', `there is no task ${taskPath(state)} in run ${state.runId}`);
  }
  const decided = alreadyDecided(state, row);
  if (decided !== undefined) return decided;
  const failures = withFailure(row, state, deps.now());
  const { pipeline } = await loadPinned(deps.table, deps.pipelines, row.runId);
  const phase = phaseOf(pipeline, row.phase);
  const move = moveFor({
    row,
    failures,
    ceiling: phase.retry,
    levers: leversOf(row, pipeline),
    finishedSteps: await countFinishedSteps(deps.table, row),
    random: seeded(row),
  });
  const done =
    move.next === 'retry' ? await retry(deps, row, failures, move) : await quarantine(deps, row, failures, move);
  // Refused: committed meanwhile, or this call was made before.
  if (!done) return supervise(deps, { state });
  return move.next === 'retry'
    ? answer(state, row.try + 1, 'retry', move.delaySeconds)
    : answer(state, row.try, 'failed', 0);
}

function alreadyDecided(state: TaskItem, row: TaskRow): SuperviseState | undefined {
  if (row.status === 'committed') return answer(state, row.try, 'done', 0);
  if (row.status === 'set-aside') return answer(state, row.try, 'failed', 0);
  if (row.try > state.try) return answer(state, row.try, 'retry', row.delaySeconds ?? 0);
  return undefined;
}

/** The failure the worker or the sweep recorded for this try, or the one Step Functions saw. */
function withFailure(row: TaskRow, state: SuperviseMessage['state'], at: string): readonly TaskFailure[] {
  if (row.failures.at(-1)?.try === row.try) return row.failures;
  const code = state.error?.Error ?? 'IdeaMine.Unknown';
  return [...row.failures, { try: row.try, code, cause: safeCause(state.error?.Cause ?? ''), at }];
}

/** 0 to 1, the same for the same try of the same task: retries of many tasks spread, a rehearsal repeats itself. */
function seeded(row: TaskRow): number {
  return Number.parseInt(sha256(`${row.idempotencyKey}/${row.task}/${row.try}`).slice(0, 12), 16) / 2 ** 48;
}

function retry(deps: SuperviseDeps, row: TaskRow, failures: readonly TaskFailure[], move: Again): Promise<boolean> {
  const task = taskPath(row);
  const { batchSize, rung } = move;
  const detail = {
    try: row.try + 1,
    after: failures.at(-1)?.code ?? '',
    how: move.how,
    strict: move.strict,
    delaySeconds: move.delaySeconds,
    because: move.because,
    ...(batchSize === null ? {} : { batchSize }),
    ...(rung === null ? {} : { rung }),
  };
  return retryTask(
    deps.table,
    row,
    { delaySeconds: move.delaySeconds, strict: move.strict, batchSize, rung, move: { how: move.how }, failures },
    {
      id: `retry.${task}.${row.try}`,
      at: deps.now(),
      entries: [taskEntry(row, { outcome: 'retried', ...detail })],
      events: [{ type: 'task.retry', phase: row.phase, task, detail }],
    },
  );
}

function quarantine(
  deps: SuperviseDeps,
  row: TaskRow,
  failures: readonly TaskFailure[],
  move: Extract<Move, { next: 'failed' }>,
): Promise<boolean> {
  const task = taskPath(row);
  const last = failures.at(-1);
  const detail = {
    outcome: 'set-aside',
    reason: move.reason,
    code: last?.code ?? '',
    cause: last?.cause ?? '',
    tries: row.try,
  };
  return setAside(deps.table, row, failures, {
    id: `set-aside.${task}.${row.try}`,
    at: deps.now(),
    entries: [taskEntry(row, detail)],
    events: [{ type: 'phase.error', phase: row.phase, task, detail }],
  });
}

const taskEntry = (row: TaskRow, body: Record<string, string | number | boolean>) => ({
  kind: 'task' as const,
  who: 'supervisor',
  tool: TOOL,
  inputs: [],
  body: { task: taskPath(row), agent: row.agent, ...body },
});

const answer = (
  state: TaskItem,
  tryNumber: number,
  next: SuperviseState['next'],
  delaySeconds: number,
): SuperviseState => ({
  runId: state.runId,
  phase: state.phase,
  attempt: state.attempt,
  round: state.round,
  wave: state.wave,
  task: state.task,
  workerClass: state.workerClass,
  timeoutSeconds: state.timeoutSeconds,
  heartbeatSeconds: state.heartbeatSeconds,
  try: tryNumber,
  delaySeconds,
  next,
});
