// Plans one wave of a round: writes its tasks as planned rows and hands them to the fan-out. Planning a wave again finds
// the rows it wrote and gives the same tasks, but for those that are committed.

import type { Agent } from '../../agents/sdk/agent.ts';
import { concurrencyAt } from '../../core/budget/alerts.ts';
import type { Amount } from '../../core/budget/amount.ts';
import { IdeaMineError } from '../../core/errors.ts';
import { isDeterministic } from '../../core/pipeline/deterministic.ts';
import type { Phase } from '../../core/pipeline/model.ts';
import { staleAfterMs } from '../../core/resilience/heartbeat.ts';
import { CONTRACT_VERSION, idempotencyKey } from '../../core/scheduling/idempotency-key.ts';
import type { TaskSpec, Wave } from '../../core/scheduling/task-spec.ts';
import { wavesOf } from '../../core/scheduling/waves.ts';
import type { ArtifactRef } from '../../store/artifacts.ts';
import { type AttemptRow, getAttempt } from '../../store/attempts.ts';
import { objects, roundPath } from '../../store/keys.ts';
import { type Bucket, putText } from '../../store/objects.ts';
import { putObject } from '../../store/payload.ts';
import type { Table } from '../../store/table.ts';
import { reviveTask } from '../../store/task-outcome.ts';
import { getTask, listTasks, type PlannedTask, planTask, type TaskRow } from '../../store/task-row.ts';
import type { PlanMessage, PlanState, TaskItem } from '../messages.ts';
import { loadPinned, type Pipelines, phaseOf } from '../pinned.ts';
import { type Contents, madeBy } from '../round-results.ts';
import { paperBeside, workingPhase } from '../working-phase.ts';
import { INLINE_TASKS, timesOf } from './limits.ts';
import { readsOf } from './reads.ts';
import { reuse, sameWork } from './reuse.ts';
import { waveBudget } from './shares.ts';

export interface PlanDeps {
  readonly table: Table;
  readonly bucket: Bucket;
  readonly pipelines: Pipelines;
  readonly now: () => string;
  readonly findAgent: (id: string) => Agent | undefined;
}

export async function plan(deps: PlanDeps, message: PlanMessage): Promise<PlanState> {
  const { run, pipeline } = await loadPinned(deps.table, deps.pipelines, message.runId);
  const attempt = await getAttempt(deps.table, message.runId, message.phase, message.attempt);
  if (attempt === undefined) {
    throw new IdeaMineError('IdeaMine.NoSuchAttempt', `${message.phase} has no attempt ${message.attempt}`);
  }
  const phase = workingPhase(phaseOf(pipeline, message.phase), attempt);
  const rows = await listTasks(deps.table, message.runId, message.phase);
  const earlier = rows.filter(
    ({ attempt, round, wave }) => attempt === message.attempt && round === message.round && wave < message.wave,
  );
  const own = message.wave === 1 ? {} : (await madeBy(deps.bucket, phase, earlier)).contents;
  const made = await paperBeside(deps.bucket, phase, attempt, own, isDeterministic(pipeline));
  const reads = await readsOf(deps, message.runId, phase, made);
  const waves = wavesOf(phase, reads.lengths);
  const wave = waves.find((one) => one.wave === message.wave);
  // A run that is stopping starts nothing new.
  if (wave === undefined || run.status !== 'RUNNING') return answer(message, 'aggregate', 1, [], null);

  const laterTasks = waves.filter((one) => one.wave > wave.wave).reduce((count, one) => count + one.tasks.length, 0);
  const share = run.shares[phase.id];
  if (share === undefined) throw new IdeaMineError('IdeaMine.Corrupt', `the run has no share for phase ${phase.id}`);
  const budget = waveBudget(share, phase.gate.tries, message, rows, { tasks: wave.tasks.length, laterTasks });
  const madeRef = Object.keys(made).length === 0 ? null : await putObject(deps.bucket, message.runId, made as Contents);
  const planned = plannedTasks(deps, message, phase, wave, {
    attempt,
    made: madeRef,
    handedOn: reads.handedOn,
    shares: budget.shares,
  });
  const open = (await Promise.all(planned.map((task) => planOne(deps, task, attempt, rows)))).filter(
    (row) => row !== undefined,
  );
  if (open.length === 0) return plan(deps, { ...message, wave: message.wave + 1 });
  return fanOut(deps, message, concurrencyAt(wave.concurrency, budget.usedPercent), open.map(itemOf));
}

interface WaveInputs {
  readonly attempt: AttemptRow;
  readonly made: ArtifactRef | null;
  readonly handedOn: Readonly<Record<string, ArtifactRef>>;
  readonly shares: readonly Amount[];
}

function plannedTasks(
  deps: PlanDeps,
  message: PlanMessage,
  phase: Phase,
  wave: Wave,
  inputs: WaveInputs,
): PlannedTask[] {
  return wave.tasks.map((spec, index) => {
    const declared = phase.agents.find(({ id }) => id === spec.agent);
    const agent = deps.findAgent(spec.agent);
    const share = inputs.shares[index];
    if (agent === undefined || declared === undefined || share === undefined) {
      throw new IdeaMineError('IdeaMine.UnknownAgent', `phase ${phase.id}: there is no agent ${spec.agent}`);
    }
    return {
      runId: message.runId,
      phase: message.phase,
      attempt: message.attempt,
      round: message.round,
      wave: wave.wave,
      task: spec.id,
      agent: spec.agent,
      workerClass: agent.workerClass,
      idempotencyKey: keyOf(message, spec, inputs),
      shard: spec.shard,
      inputs: inputs.handedOn,
      made: inputs.made,
      previous: inputs.attempt.stage ? null : inputs.attempt.last,
      // Who is asked again is asked more strictly.
      strict: inputs.attempt.strict || (inputs.attempt.stage === 'clarify' && (inputs.attempt.clarified ?? 0) > 0),
      budgetTokens: share.tokens,
      budgetToolMs: share.toolMs,
      budgetUsdMicros: share.usdMicros,
      staleMs: staleAfterMs(phase.silentBeats),
      ...timesOf(phase, declared),
    };
  });
}

function keyOf(message: PlanMessage, spec: TaskSpec, { made, attempt, handedOn }: WaveInputs): string {
  const refs = Object.entries({
    ...handedOn,
    ...(made && { '(made)': made }),
    ...(attempt.last && { '(previous)': attempt.last }),
  });
  return idempotencyKey({
    ...message,
    agent: spec.agent,
    shard: spec.shard,
    input: Object.fromEntries(refs.map(([name, ref]) => [name, ref.sha256])),
    contractVersion: CONTRACT_VERSION,
  });
}

/** @returns the row to work on, or undefined when it is committed already. */
async function planOne(
  deps: PlanDeps,
  task: PlannedTask,
  attempt: AttemptRow,
  rows: readonly TaskRow[],
): Promise<TaskRow | undefined> {
  const agent = deps.findAgent(task.agent);
  const earlier = agent === undefined ? undefined : sameWork(task, agent, attempt, rows);
  if (earlier === undefined) await planTask(deps.table, task, deps.now());
  else await reuse(deps.table, task, earlier, deps.now());
  const row = await getTask(deps.table, task);
  if (row?.status === 'set-aside') return row.discarded === undefined ? reviveTask(deps.table, row) : undefined;
  return row?.status === 'committed' ? undefined : row;
}

const itemOf = (row: TaskRow): TaskItem => ({
  runId: row.runId,
  phase: row.phase,
  attempt: row.attempt,
  round: row.round,
  wave: row.wave,
  task: row.task,
  try: row.try,
  workerClass: row.workerClass,
  timeoutSeconds: row.timeoutSeconds,
  heartbeatSeconds: row.heartbeatSeconds,
});

async function fanOut(
  deps: PlanDeps,
  message: PlanMessage,
  concurrency: number,
  tasks: readonly TaskItem[],
): Promise<PlanState> {
  if (tasks.length <= INLINE_TASKS) return answer(message, 'inline', concurrency, tasks, null);
  const name = `${roundPath(message).replaceAll('#', '-')}-${message.wave}`;
  const key = objects.plan(message.runId, name);
  await putText(deps.bucket, key, JSON.stringify(tasks), 'application/json');
  return answer(message, 'distributed', concurrency, [], { bucket: deps.bucket.name, key });
}

const answer = (
  message: PlanMessage,
  next: PlanState['next'],
  concurrency: number,
  tasks: readonly TaskItem[],
  items: PlanState['items'],
): PlanState => ({
  runId: message.runId,
  phase: message.phase,
  attempt: message.attempt,
  round: message.round,
  wave: message.wave,
  next,
  nextWave: message.wave + 1,
  concurrency,
  tasks,
  items,
});
