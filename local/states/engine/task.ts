// Task states: scheduling, starting, callbacks, timeouts and heartbeats. The call itself is the connector's.

import type { NumberField, Resource, TaskState } from '../definition/program.ts';
import { dataLimit, type Failure, runtime } from '../failure.ts';
import { type Doc, docOf, isObject, type Json, jsonOf, textOf, tooLarge } from '../json.ts';
import type { Reply, TaskCall } from '../tasks/connector.ts';
import { TaskError } from '../tasks/connector.ts';
import { checkParameters } from '../tasks/parameters.ts';
import type { StrandScope } from './context.ts';
import { effective } from './effective.ts';
import type { Engine } from './engine.ts';
import type { Execution, Strand, TaskRun } from './execution.ts';
import type { NestedEnd } from './nested.ts';
import { integerOf } from './numbers.ts';
import { offerActivity } from './offers.ts';
import { makeToken } from './token.ts';

type Details = Readonly<Record<string, unknown>>;

export function beginTask(engine: Engine, execution: Execution, strand: Strand, state: TaskState): void {
  const { resource } = state;
  const scope = engine.scope(execution, strand);
  const callback = resource.pattern === 'waitForTaskToken';
  const event = execution.lastEvent + 1;
  const token = callback ? makeToken(engine, execution, strand, event) : '';
  if (callback && resource.kind === 'service') scope.token = token;
  const input = effective(strand, scope);
  const parameters = state.parameters ? docOf(state.parameters(jsonOf(input), scope)) : input;
  const timeoutSeconds = seconds(state.timeout, 'TimeoutSeconds', jsonOf(input), scope);
  const heartbeatSeconds = seconds(state.heartbeat, 'HeartbeatSeconds', jsonOf(input), scope);
  const credentials = state.credentials?.(jsonOf(input), scope);
  const role = isObject(credentials) && typeof credentials.RoleArn === 'string' ? credentials.RoleArn : undefined;
  if (resource.kind === 'service') checkParameters(resource, parameters);
  if (resource.kind === 'activity') engine.requireActivity(resource.arn);
  const now = engine.now();
  const task: TaskRun = {
    event,
    token,
    phase: 'scheduled',
    parameters,
    role,
    timeoutAt: timeoutSeconds === undefined ? undefined : now + timeoutSeconds * 1000,
    heartbeatSeconds,
    // An activity's heartbeats count from the moment a worker takes it.
    heartbeatAt:
      heartbeatSeconds === undefined || resource.kind === 'activity' ? undefined : now + heartbeatSeconds * 1000,
    child: undefined,
    worker: undefined,
  };
  const extra: Record<string, unknown> = { ...where(resource) };
  if (resource.kind === 'service') extra.region = engine.fabric.region;
  if (timeoutSeconds !== undefined) extra.timeoutInSeconds = timeoutSeconds;
  if (heartbeatSeconds !== undefined) extra.heartbeatInSeconds = heartbeatSeconds;
  if (role !== undefined) extra.taskCredentials = { roleArn: role };
  if (resource.kind !== 'service') extra.resource = resource.arn;
  strand.last = engine.emit(execution, strand.last, `${PREFIX[resource.kind]}Scheduled`, undefined, parameters, extra);
  strand.task = task;
  armTask(engine, execution, strand);
  if (resource.kind === 'activity') {
    strand.phase = 'task';
    engine.touch(execution, strand);
    offerActivity(engine, resource.arn, execution, strand);
    return;
  }
  strand.phase = 'start';
  engine.ready(execution, strand);
}

const PREFIX = { lambda: 'LambdaFunction', activity: 'Activity', service: 'Task' } as const;

function where(resource: Resource): Details {
  return resource.kind === 'service' ? { resourceType: resource.service, resource: resource.action } : {};
}

function seconds(field: NumberField | undefined, name: string, input: Json, scope: StrandScope): number | undefined {
  if (!field) return undefined;
  const value = integerOf(field, name, input, scope);
  if (value <= 0)
    throw runtime(`The ${name}${field.path ? 'Path' : ''} field refers to a value that is not positive: ${value}`);
  return value;
}

/** Sets the timers of a task under way; also after a restart. */
export function armTask(engine: Engine, execution: Execution, strand: Strand): void {
  engine.cancelTimers(strand);
  const { task } = strand;
  if (!task) return;
  const at = deadline(task);
  if (at !== Number.POSITIVE_INFINITY) engine.at(execution, strand, at, () => expire(engine, execution));
}

/** Ends every task of the execution whose time is up: those of one instant are all recorded before the first has its effect. */
function expire(engine: Engine, execution: Execution): void {
  const now = engine.now();
  const over = [...execution.strands.values()].filter(
    ({ phase, task }) => (phase === 'task' || phase === 'start') && task !== undefined && deadline(task) <= now,
  );
  for (const strand of over) record(engine, execution, strand, 'TimedOut', undefined, { error: 'States.Timeout' });
  for (const strand of over) if (!strand.gone && execution.status === 'RUNNING') timedOut(engine, execution, strand);
}

const deadline = (task: TaskRun) =>
  Math.min(task.timeoutAt ?? Number.POSITIVE_INFINITY, task.heartbeatAt ?? Number.POSITIVE_INFINITY);

function timedOut(engine: Engine, execution: Execution, strand: Strand): void {
  const task = strand.task as TaskRun;
  const heartbeat =
    task.timeoutAt === undefined || (task.heartbeatAt !== undefined && task.heartbeatAt < task.timeoutAt);
  engine.abandon(strand);
  engine.moves.failed(engine, execution, strand, {
    error: 'States.Timeout',
    cause: null,
    ...(heartbeat ? { also: ['States.HeartbeatTimeout'] } : {}),
  });
}

function record(
  engine: Engine,
  execution: Execution,
  strand: Strand,
  what: string,
  doc: Doc | undefined,
  extra: Details = {},
): void {
  const { resource } = strand.state as TaskState;
  const details = { ...where(resource), ...extra };
  const any = Object.keys(details).length > 0;
  strand.last = engine.emit(
    execution,
    strand.last,
    PREFIX[resource.kind] + what,
    undefined,
    doc,
    any ? details : undefined,
  );
  engine.touch(execution, strand);
}

export function startTask(engine: Engine, execution: Execution, strand: Strand): void {
  const task = strand.task as TaskRun;
  record(engine, execution, strand, 'Started', undefined);
  task.phase = 'started';
  strand.phase = 'task';
  dispatch(engine, execution, strand);
}

/** Makes the task's call; again after a restart, when the answer was not yet committed. */
export function dispatch(engine: Engine, execution: Execution, strand: Strand): void {
  const task = strand.task as TaskRun;
  const { facts } = execution;
  const call: TaskCall = {
    resource: (strand.state as TaskState).resource,
    parameters: task.parameters,
    stateName: strand.state.name,
    token: task.token,
    role: task.role ?? facts.roleArn,
    executionArn: facts.arn,
    machineArn: facts.machineArn,
    roleArn: facts.roleArn,
  };
  let reply: Reply | Promise<Reply>;
  try {
    reply = engine.connect(call);
  } catch (cause) {
    refused(engine, execution, strand, cause);
    return;
  }
  if (reply instanceof Promise) {
    const settle = (work: () => void) =>
      engine.fabric.turns.defer(() => {
        if (isCurrent(execution, strand, task)) engine.guarded(execution, work);
      });
    reply.then(
      (value) => settle(() => answered(engine, execution, strand, value)),
      (cause) => settle(() => refused(engine, execution, strand, cause)),
    );
    return;
  }
  answered(engine, execution, strand, reply);
}

function isCurrent(execution: Execution, strand: Strand, task: TaskRun): boolean {
  return execution.status === 'RUNNING' && !strand.gone && strand.task === task;
}

function answered(engine: Engine, execution: Execution, strand: Strand, reply: Reply): void {
  const { resource } = strand.state as TaskState;
  const task = strand.task as TaskRun;
  if (resource.pattern === 'requestResponse') {
    succeedTask(engine, execution, strand, reply.output);
    return;
  }
  if (task.phase === 'submitted') return;
  record(engine, execution, strand, 'Submitted', reply.output);
  task.phase = 'submitted';
  task.child = reply.child;
  if (reply.child !== undefined) engine.awaitNested(execution, strand, reply.child);
  reply.later?.then(
    (value) =>
      engine.fabric.turns.defer(() => {
        if (isCurrent(execution, strand, task)) {
          engine.guarded(execution, () => succeedTask(engine, execution, strand, value.output));
        }
      }),
    (cause) =>
      engine.fabric.turns.defer(() => {
        if (isCurrent(execution, strand, task))
          engine.guarded(execution, () => refused(engine, execution, strand, cause));
      }),
  );
}

/** The task's result: the call's answer, SendTaskSuccess, or the end of a nested execution. */
export function succeedTask(engine: Engine, execution: Execution, strand: Strand, output: Doc): void {
  const { resource } = strand.state as TaskState;
  if (tooLarge(textOf(output))) {
    const failure = dataLimit(resource.kind === 'service' ? resource.service : resource.arn);
    failTask(engine, execution, strand, { error: failure.error, cause: failure.detail });
    return;
  }
  record(engine, execution, strand, 'Succeeded', output);
  engine.cancelTimers(strand);
  engine.moves.attempt(engine, execution, strand, () => {
    engine.moves.finish(engine, execution, strand, engine.scope(execution, strand), output);
  });
}

export function failTask(
  engine: Engine,
  execution: Execution,
  strand: Strand,
  failure: Failure,
  what = 'Failed',
): void {
  const extra: Record<string, unknown> = {};
  if (failure.error !== null) extra.error = failure.error;
  if (failure.cause !== null) extra.cause = failure.cause;
  record(engine, execution, strand, what, undefined, extra);
  engine.moves.failed(engine, execution, strand, failure);
}

function refused(engine: Engine, execution: Execution, strand: Strand, cause: unknown): void {
  if (!(cause instanceof TaskError)) throw cause;
  if (cause.outcome === 'runtime') {
    engine.moves.attempt(engine, execution, strand, () => {
      throw runtime(cause.detail ?? '');
    });
    return;
  }
  const what =
    cause.outcome === 'submitFailed' ? 'SubmitFailed' : cause.outcome === 'startFailed' ? 'StartFailed' : 'Failed';
  failTask(engine, execution, strand, { error: cause.error, cause: cause.detail }, what);
}

/** A nested execution ended: `.sync` gives its description, `.sync:2` with the output parsed. */
export function childEnded(engine: Engine, execution: Execution, strand: Strand, end: NestedEnd): void {
  const { resource } = strand.state as TaskState;
  const description: Record<string, unknown> = { ...end.description };
  if (resource.pattern === 'sync:2') {
    for (const member of ['Input', 'Output']) {
      if (typeof description[member] === 'string') description[member] = JSON.parse(description[member] as string);
    }
  }
  if (end.status === 'SUCCEEDED') {
    succeedTask(engine, execution, strand, docOf(description as Json));
    return;
  }
  failTask(engine, execution, strand, { error: 'States.TaskFailed', cause: JSON.stringify(description) });
}

/** A worker took the activity task; its heartbeats count from now on. */
export function takeActivity(engine: Engine, execution: Execution, strand: Strand, worker: string | undefined): void {
  const task = strand.task as TaskRun;
  task.phase = 'started';
  task.worker = worker;
  record(engine, execution, strand, 'Started', undefined, worker === undefined ? {} : { workerName: worker });
  if (task.heartbeatSeconds !== undefined) task.heartbeatAt = engine.now() + task.heartbeatSeconds * 1000;
  armTask(engine, execution, strand);
}
