// TestState: one state, run by itself, with or without a mock, and with what each step of it gave.

import { AwsError, type Operation } from '../../service.ts';
import { requireArn, validation } from '../api/errors.ts';
import type { Host } from '../api/host.ts';
import type { Machine, State, TaskState } from '../definition/program.ts';
import { StrandScope } from '../engine/context.ts';
import type { Execution, ExecutionFacts } from '../engine/execution.ts';
import { makeStrand } from '../engine/strand.ts';
import { StateFailure } from '../failure.ts';
import { docOf, docOfText, type Json, type JsonObject, jsonOf, parseJson } from '../json.ts';
import { type Reply, TaskError } from '../tasks/connector.ts';
import { parseContext } from './context-input.ts';
import { STATE_NAME, type Tested, testedState } from './definition.ts';
import { complete, fail, type Outcome, prepare, type Setting, startWait } from './inspect.ts';
import { checkMockedResult, type Mode } from './mock-schema.ts';

interface Input {
  readonly definition: string;
  readonly roleArn?: string;
  readonly input?: string;
  readonly inspectionLevel?: string;
  readonly revealSecrets?: boolean;
  readonly variables?: string;
  readonly stateName?: string;
  readonly context?: string;
  readonly mock?: {
    readonly result?: string;
    readonly errorOutput?: { readonly error?: string; readonly cause?: string };
    readonly fieldValidationMode?: Mode;
  };
  readonly stateConfiguration?: {
    readonly retrierRetryCount?: number;
    readonly errorCausedByState?: string;
    readonly mapIterationFailureCount?: number;
    readonly mapItemReaderData?: string;
  };
}

export function testStateOperations(host: Host): Record<string, Operation> {
  return {
    TestState: (input: Input) => {
      const tested = testedState(input.definition, input.stateName);
      const { state } = tested;
      if (input.roleArn !== undefined && input.mock === undefined && state.type === 'Task')
        requireArn(input.roleArn.replace(':iam:', ':states:'));
      const result = checkMock(state, input);
      const setting = settingOf(host, tested, input);
      const data: JsonObject = { input: input.input ?? '{}' };
      const answer = (outcome: Outcome) => answerOf(outcome, input);
      const run = work(host, state, setting, data, result, input);
      return run instanceof Promise ? run.then(answer) : answer(run);
    },
  };
}

/** The mocked result, if there is one. @throws ValidationException, InvalidDefinition */
function checkMock(state: State, { mock, stateConfiguration, revealSecrets }: Input): Json | undefined {
  const failures = stateConfiguration?.mapIterationFailureCount;
  if (!mock) {
    if (failures !== undefined)
      throw validation('TestState does not support MapIterationFailureCount when a mock is not specified.');
    if (state.type === 'Map' || state.type === 'Parallel') {
      throw new AwsError(
        'InvalidDefinition',
        'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
      );
    }
    return undefined;
  }
  if (!MOCKABLE.has(state.type))
    throw validation(`State type '${state.type}' is not supported when a mock is specified`);
  if (revealSecrets) throw validation('TestState does not support RevealSecrets when a mock is specified.');
  if (mock.result !== undefined && mock.errorOutput !== undefined) {
    throw validation('A test mock should have only one of the following fields: [result, errorOutput].');
  }
  if (mock.result === undefined) return undefined;
  const result = parseJson(mock.result, 'ValidationException', () => 'Mocked result must be valid JSON');
  if (state.type === 'Parallel' || (state.type === 'Map' && !state.writer)) {
    if (!Array.isArray(result)) throw validation('Mocked result must be an array.');
    if (state.type === 'Parallel' && result.length !== state.branches.length) {
      throw validation('Mocked result must contain the same number of items as number of Parallel branches.');
    }
    if (failures !== undefined && failures > result.length) {
      throw validation('Map iteration failure count must be less than or equal to the number of Map iterations');
    }
  }
  if (state.type === 'Task') checkMockedResult(state.resource, result, mock.fieldValidationMode ?? 'STRICT');
  return result;
}

const MOCKABLE = new Set(['Task', 'Map', 'Parallel']);

/** A scope whose context object the caller gave. */
class GivenScope extends StrandScope {
  given: JsonObject | undefined;

  override context(): JsonObject {
    return this.given ?? super.context();
  }
}

function settingOf(host: Host, { state, program }: Tested, input: Input): Setting {
  const { fabric } = host;
  const machineName = fabric.random.uuid();
  const name = fabric.random.uuid();
  const arn = (kind: string, rest: string) => `arn:aws:states:${fabric.region}:${fabric.accountId}:${kind}:${rest}`;
  const facts: ExecutionFacts = {
    arn: arn('express', `${machineName}:${name}`),
    name,
    machineArn: arn('stateMachine', machineName),
    machineName,
    roleArn: (input.roleArn ?? null) as string,
    type: 'EXPRESS',
    definitionHash: '',
    revisionId: '',
    startedAt: fabric.clock.now(),
  };
  const text = input.input ?? '{}';
  const value = parseJson(
    text,
    'InvalidExecutionInput',
    (reason) => `Invalid State Machine Execution Input: '${reason}'`,
  );
  const doc = docOfText(text);
  const execution: Execution = {
    id: 0,
    facts,
    program,
    input: doc,
    status: 'RUNNING',
    stoppedAt: undefined,
    output: undefined,
    failure: undefined,
    redriveCount: 0,
    redrivenAt: undefined,
    lastEvent: 0,
    nextStrand: 1,
    strands: new Map(),
    history: [],
    changed: new Set(),
    waiters: [],
    timer: undefined,
    headDirty: false,
    stored: false,
  };
  // The context object names the state the same whatever it is called.
  const machine = {
    ...(program.root as Machine),
    start: STATE_NAME,
    states: new Map([[STATE_NAME, { ...state, name: STATE_NAME }]]),
  };
  const strand = makeStrand(execution, machine, undefined, 0, doc, 0);
  strand.variables =
    input.variables === undefined
      ? {}
      : (parseJson(input.variables, 'ValidationException', () => 'Variables must be valid JSON') as JsonObject);
  strand.enteredAt = fabric.clock.now();
  strand.retryCount = input.stateConfiguration?.retrierRetryCount ?? 0;
  const scope = new GivenScope(execution, strand, fabric.random, fabric.clock.now());
  if (input.context !== undefined) scope.given = parseContext(input.context, state);
  const task = scope.given?.Task as JsonObject | undefined;
  scope.token = typeof task?.Token === 'string' ? task.Token : undefined;
  return {
    scope,
    execution,
    strand,
    input: value,
    retryCount: strand.retryCount,
    failureCount: input.stateConfiguration?.mapIterationFailureCount,
  };
}

function work(
  host: Host,
  state: State,
  setting: Setting,
  data: JsonObject,
  result: Json | undefined,
  { mock }: Input,
): Outcome | Promise<Outcome> {
  const failed = (cause: unknown): Outcome => failure(state, setting, cause, data);
  try {
    const { input, parameters } = prepare(state, setting, data);
    if (state.type === 'Fail') return failState(state, setting, data);
    startWait(state, setting, input);
    if (mock?.errorOutput) {
      const { error = null, cause = null } = mock.errorOutput;
      return fail(state, setting, { error, cause }, data);
    }
    if (result !== undefined) {
      if (state.type === 'Map' && exceeded(setting, data, result)) {
        throw new StateFailure(
          'States.ExceedToleratedFailureThreshold',
          'The specified tolerated failure threshold was exceeded',
        );
      }
      return complete(state, setting, result, data);
    }
    if (state.type !== 'Task') {
      const value = state.type === 'Pass' && state.result !== undefined ? state.result : parameters;
      return complete(state, setting, value, data);
    }
    const reply = callTask(host, state, setting, parameters);
    const done = (answer: Reply): Outcome => {
      try {
        return complete(state, setting, jsonOf(answer.output), data);
      } catch (cause) {
        return failed(cause);
      }
    };
    return reply instanceof Promise ? reply.then(done, failed) : done(reply);
  } catch (cause) {
    return failed(cause);
  }
}

function callTask(host: Host, state: TaskState, setting: Setting, parameters: Json): Reply | Promise<Reply> {
  const { facts } = setting.execution;
  return host.engine.connect({
    resource: state.resource,
    parameters: docOf(parameters),
    stateName: state.name,
    token: '',
    role: facts.roleArn,
    executionArn: facts.arn,
    machineArn: facts.machineArn,
    roleArn: facts.roleArn,
  });
}

function exceeded(setting: Setting, data: JsonObject, result: Json): boolean {
  const failures = setting.failureCount ?? 0;
  const count = data.toleratedFailureCount as number | undefined;
  const share = data.toleratedFailurePercentage as number | undefined;
  if (failures === 0 || (count === undefined && share === undefined)) return false;
  const total = Array.isArray(result) ? Math.max(1, result.length) : 1;
  return (count === undefined || failures > count) && (share === undefined || (100 * failures) / total > share);
}

function failState(state: State & { type: 'Fail' }, setting: Setting, data: JsonObject): Outcome {
  const { scope, input } = setting;
  const error = state.error ? (state.error(input, scope) as string) : null;
  const cause = state.cause ? (state.cause(input, scope) as string) : null;
  return fail(state, setting, { error, cause }, data);
}

function failure(state: State, setting: Setting, cause: unknown, data: JsonObject): Outcome {
  if (cause instanceof StateFailure) {
    if (cause.options.location !== undefined) data.errorDetails = { location: cause.options.location };
    return fail(state, setting, { error: cause.error, cause: cause.detail }, data);
  }
  if (cause instanceof TaskError) return fail(state, setting, { error: cause.error, cause: cause.detail }, data);
  throw cause;
}

function answerOf(outcome: Outcome, input: Input): JsonObject {
  const { status, output, error, cause, nextState, data } = outcome;
  const answer: JsonObject = { status };
  if (output !== undefined) answer.output = JSON.stringify(output);
  if (error !== undefined) answer.error = error;
  if (cause !== undefined) answer.cause = cause;
  if (nextState !== undefined) answer.nextState = nextState;
  if (input.inspectionLevel === 'DEBUG' || input.inspectionLevel === 'TRACE') {
    if (
      data.variables === undefined &&
      input.variables !== undefined &&
      Object.keys(JSON.parse(input.variables)).length > 0
    )
      data.variables = input.variables;
    answer.inspectionData = data;
  }
  return answer;
}
