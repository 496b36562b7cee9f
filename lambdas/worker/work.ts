// One message, from claim to answer. Every way out leaves the row in a state from which the work goes on: committed,
// failed (the supervisor decides), given back for a fresh invocation, or held by somebody else.

import type { ModelProvider } from '../../agents/models/provider.ts';
import type { Agent } from '../../agents/sdk/agent.ts';
import { IdeaMineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { ModelChoice } from '../../core/pipeline/model.ts';
import { tierOnRung } from '../../core/resilience/model-ladder.ts';
import { leastSlopeOf } from '../../core/resilience/progress-slope.ts';
import { watchProgress } from '../../core/resilience/progress-watch.ts';
import { agentIn } from '../../core/scheduling/stages.ts';
import { loadCheckpoint, saveCheckpoint } from '../../store/checkpoints.ts';
import { loadSteps } from '../../store/steps.ts';
import { release } from '../../store/task-lease.ts';
import { getTask, type TaskRow } from '../../store/task-row.ts';
import { asIdeaMineError } from '../faults.ts';
import type { WorkMessage } from '../messages.ts';
import { loadPinned, type Pinned, type Pipelines, phaseOf } from '../pinned.ts';
import type { Log } from '../serve.ts';
import type { Breakers } from './breakers.ts';
import { safeCause } from './cause.ts';
import { checkResult } from './check-result.ts';
import { claim } from './claim.ts';
import { createContext } from './context.ts';
import { directed } from './directed.ts';
import { commit, type FinishDeps, type Finished, fail, goOnLater, tell } from './finish.ts';
import { loadInputs } from './inputs.ts';
import type { Keep } from './kept-objects.ts';
import { type Keeper, keepLease } from './lease-keeper.ts';
import { createMemo } from './memo.ts';
import { createModel } from './model.ts';
import { createPace } from './pace.ts';
import { type Pass, passesOf, together } from './passes.ts';
import { patiently } from './patiently.ts';
import { plateaued, plateauOutbox } from './plateau.ts';
import { keepAnswers } from './providers.ts';
import { createSaves, type Saves } from './saves.ts';
import { Stopped } from './stop.ts';
import type { Timers } from './timers.ts';
import { createTools, type ToolBuilds } from './tools.ts';

export interface WorkerDeps extends FinishDeps {
  readonly timers: Timers;
  readonly pipelines: Pipelines;
  readonly keep: Keep;
  /** Kept for the life of the environment. */
  readonly breakers: Breakers;
  readonly findAgent: (id: string) => Agent | undefined;
  readonly findProvider: (choice: ModelChoice) => Promise<ModelProvider | undefined> | ModelProvider | undefined;
  /** Where tools run; absent where the stack was deployed without. */
  readonly builds: ToolBuilds | undefined;
  /** Time kept for a clean end of an invocation, ms. */
  readonly floorMs: number;
}

export interface Invocation {
  /** Names the invocation, for people. */
  readonly owner: string;
  readonly remainingMs: number;
}

/** @throws only what the queue should deliver again. */
export async function work(deps: WorkerDeps, message: WorkMessage, invocation: Invocation, log: Log): Promise<void> {
  const claims = { ...deps, getTask: (name: WorkMessage) => getTask(deps.table, name) };
  const claimed = await patiently(deps.timers, () => claim(claims, message, invocation.owner, deps.now()));
  if (claimed.kind === 'ended') {
    log.info('the task has ended before: telling again', { status: claimed.row.status });
    return patiently(deps.timers, () => tell(deps, claimed.row, message.token));
  }
  if (claimed.kind !== 'claimed') {
    log.info('nothing to do: the message is a duplicate or late', { found: claimed.kind });
    return;
  }
  await hold(deps, message, claimed.row, invocation, log);
}

async function hold(
  deps: WorkerDeps,
  message: WorkMessage,
  row: TaskRow,
  invocation: Invocation,
  log: Log,
): Promise<void> {
  const lease = { name: row, epoch: row.epoch };
  // Nobody waits for an expired token: no call is paid for it.
  if ((await patiently(deps.timers, () => deps.tokens.beat(message.token))) === 'gone') {
    await release(deps.table, lease);
    log.info('the token is gone: the task is let go');
    return;
  }
  const watch = watchProgress(leastSlopeOf(row.timeoutSeconds));
  const keeper = keepLease({ ...deps, watch }, lease, message.token);
  const cancelLimit = deps.timers.after(Math.max(0, invocation.remainingMs - deps.floorMs), () => keeper.stop('time'));
  const end = await run(deps, row, keeper, log);
  cancelLimit();
  if (end.kind === 'stopped') return stopped(deps, message, row, keeper, end, log);
  // No beat runs beside the last write: it would be a conflict of the worker with itself.
  await keeper.close();
  const kept = await patiently(deps.timers, () =>
    end.kind === 'finished'
      ? commit(deps, lease, end.finished)
      : fail(deps, lease, row.try, end.error, plateauOutbox(row, deps.now(), end.error, watch.points())),
  );
  if (!kept) {
    log.info('the lease was lost: the outcome is dropped', { outcome: end.kind });
    return;
  }
  await patiently(deps.timers, async () => {
    const after = await getTask(deps.table, row);
    if (after?.epoch === row.epoch) await tell(deps, after, message.token);
  });
  log.info('task ended', { outcome: end.kind, code: end.kind === 'failed' ? end.error.code : undefined });
}

type End =
  | { readonly kind: 'finished'; readonly finished: Finished }
  | { readonly kind: 'failed'; readonly error: IdeaMineError }
  | { readonly kind: 'stopped'; readonly reason: Stopped; readonly saves?: Saves; readonly keepUntil?: string };

async function run(deps: WorkerDeps, row: TaskRow, keeper: Keeper, log: Log): Promise<End> {
  let saves: Saves | undefined;
  let pinned: Pinned | undefined;
  try {
    pinned = await loadPinned(deps.table, deps.pipelines, row.runId);
    saves = savesOf(deps, pinned, keeper);
    return { kind: 'finished', finished: await untilStopped(runAgent(deps, pinned, row, keeper, saves, log), keeper) };
  } catch (thrown) {
    // Whatever an agent makes of an abort, the reason is the keeper's.
    const reason = keeper.signal.aborted ? (keeper.signal.reason as Stopped) : thrown;
    if (reason instanceof Stopped && reason.reason !== 'plateau')
      return { kind: 'stopped', reason, saves, keepUntil: pinned?.run.deadlineAt };
    const error = reason instanceof Stopped ? plateaued() : asIdeaMineError(thrown);
    log.warn('the task failed', { code: error.code, cause: safeCause(error.message) });
    return { kind: 'failed', error };
  }
}

async function runAgent(
  deps: WorkerDeps,
  { pipeline }: Pinned,
  row: TaskRow,
  keeper: Keeper,
  saves: Saves,
  log: Log,
): Promise<Finished> {
  const agent = deps.findAgent(row.agent);
  const phase = phaseOf(pipeline, row.phase);
  const declared = agentIn(phase, row.agent, row.attempt);
  if (agent === undefined || declared === undefined) {
    throw new IdeaMineError('IdeaMine.UnknownAgent', `there is no agent ${row.agent} in phase ${row.phase}`);
  }
  const tier = tierOnRung(pipeline.models, declared.tier, row.rung ?? 0);
  const choice = pipeline.models[tier];
  const provider = choice === undefined ? undefined : await deps.findProvider(choice);
  if (provider === undefined) {
    throw new IdeaMineError('IdeaMine.Misconfigured', `tier ${tier}: no provider ${choice?.provider}`);
  }
  const inputs = await directed(deps, row, agent, await loadInputs(deps.bucket, deps.keep, row));
  const saved = (await loadCheckpoint(deps.table, deps.bucket, row)) ?? null;
  const now = () => Date.parse(deps.now());
  const pace = createPace(
    { timers: deps.timers, now, signal: keeper.signal },
    Date.parse(row.startedAt ?? deps.now()),
    provider.id === 'offline' ? (declared.paceMs ?? 0) : 0,
  );
  const model = createModel({
    table: deps.table,
    keeper,
    provider,
    pace,
    input: inputs.input,
    strict: row.strict,
    prompt: agent.prompt,
    onAnswer: keepAnswers(deps.bucket, row.runId, provider),
  });
  const onePass = async (pass: Pass): Promise<Finished> => {
    const known = await loadSteps(deps.table, deps.bucket, row, pass.variant);
    const memo = createMemo(deps, keeper, pass.variant, known);
    if (memo.resumed !== null || saved !== null) log.info('resuming', { from: memo.resumed ?? 'its checkpoint' });
    const context = createContext({
      table: deps.table,
      bucket: deps.bucket,
      now: deps.now,
      row,
      inputs: { ...inputs, shard: pass.shard },
      keeper,
      memo,
      saves,
      saved,
      model,
      modelName: `model ${provider.id}/${choice?.model}`,
      breakers: deps.breakers,
      callTool: createTools({ ...deps, runId: row.runId, agent: declared, signal: keeper.signal }),
      log: { info: (text, data) => log.info(text, { data }), warn: (text, data) => log.warn(text, { data }) },
    });
    await keeper.watch.during(async () => agent.prepare?.());
    const result = checkResult(row.agent, await agent.run(context));
    return { result, steps: memo.finished() };
  };
  const parts: Finished[] = [];
  for (const pass of passesOf(row, inputs.shard)) parts.push(await onePass(pass));
  await keeper.watch.during(() => pace.untilEnd());
  return together(phase.aggregation, parts);
}

function savesOf(deps: WorkerDeps, { run }: Pinned, keeper: Keeper): Saves {
  const save = (data: Json) =>
    keeper.write(async () => {
      await saveCheckpoint(deps.table, deps.bucket, keeper.lease, data, deps.now(), run.deadlineAt);
    });
  return createSaves(save, () => Date.parse(deps.now()));
}

/** An agent that does not listen to its signal is left behind: its writes are refused, its result is dropped. */
function untilStopped<T>(work: Promise<T>, keeper: Keeper): Promise<T> {
  return new Promise((resolve, reject) => {
    keeper.signal.addEventListener('abort', () => reject(keeper.signal.reason), { once: true });
    if (keeper.signal.aborted) reject(keeper.signal.reason);
    work.then(resolve, reject);
  });
}

async function stopped(
  deps: WorkerDeps,
  message: WorkMessage,
  row: TaskRow,
  keeper: Keeper,
  end: Extract<End, { kind: 'stopped' }>,
  log: Log,
): Promise<void> {
  await keeper.close();
  if (end.reason.reason === 'lost') {
    await release(deps.table, keeper.lease);
    log.info('stopped: the lease or the token is gone');
    return;
  }
  const data = end.saves?.unsaved();
  if (data !== undefined) {
    const at = deps.now();
    await saveCheckpoint(deps.table, deps.bucket, keeper.lease, data, at, end.keepUntil ?? at);
  }
  const goesOn = await patiently(deps.timers, () => goOnLater(deps, keeper.lease, row, message));
  log.info(goesOn ? 'out of time: goes on in a fresh invocation' : 'stopped: the lease is lost');
}
