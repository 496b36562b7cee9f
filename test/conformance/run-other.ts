// Recorded answers of the API beside executions of standard machines.

import type { AwsError } from '../../local/service.ts';
import { TestWorld } from '../local/states/test-world.ts';
import type { Case, Result } from './case.ts';
import { difference } from './compare.ts';
import { openCase, prepare } from './run-execution.ts';

function result(recorded: Case, reason: string | undefined, loose?: string): Result {
  const { id, area, kind } = recorded;
  return {
    id,
    area,
    kind,
    outcome: loose === undefined,
    cause: reason === undefined,
    history: undefined,
    ids: undefined,
    reason,
  };
}

async function guarded(recorded: Case, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (cause) {
    const reason = `threw ${(cause as Error).stack ?? String(cause)}`;
    return result(recorded, reason, reason);
  }
}

const definitionOf = (recorded: Case) =>
  recorded.definitionText ?? recorded.definitionJson ?? JSON.stringify(recorded.definition);

export function runSync(given: Case): Promise<Result> {
  return guarded(given, async () => {
    const recorded = prepare(given);
    const world = openCase(recorded);
    const machine = world.call('CreateStateMachine', {
      name: recorded.names?.stateMachine ?? 'ArnPart_0idx',
      definition: definitionOf(recorded),
      roleArn: 'sfn_role_arn',
      type: 'EXPRESS',
    }).stateMachineArn;
    let answer: Record<string, unknown> | undefined;
    const pending = world.call('StartSyncExecution', {
      stateMachineArn: machine,
      input: JSON.stringify(recorded.input ?? {}),
    }) as unknown as Promise<Record<string, unknown>>;
    pending.then((value) => {
      answer = value;
    });
    await world.run(() => answer !== undefined);
    const extra = new Set([
      'executionArn',
      'name',
      'stateMachineArn',
      'startDate',
      'stopDate',
      'billingDetails',
      'traceHeader',
    ]);
    const found = difference(recorded.expected, answer, '', { extra });
    return result(given, found, found && difference(recorded.expected.status, answer?.status));
  });
}

export function runCreateError(given: Case): Promise<Result> {
  return guarded(given, async () => {
    const recorded = prepare(given);
    const world = new TestWorld();
    const definition = definitionOf(recorded);
    const { createError } = recorded.expected;
    let failure: AwsError | undefined;
    try {
      if (createError.code === 'StateMachineAlreadyExists') {
        world.create({ StartAt: 'Other', States: { Other: { Type: 'Succeed' } } }, { name: recorded.request.name });
      }
      const operation = recorded.op === 'update_state_machine' ? 'UpdateStateMachine' : 'CreateStateMachine';
      world.call(operation, { definition, type: recorded.type, ...recorded.request });
    } catch (cause) {
      failure = cause as AwsError;
    }
    const code = difference(createError.code, failure?.name, 'code');
    return result(given, code ?? difference(createError.message, failure?.message, 'message'), code);
  });
}

export function runValidate(given: Case): Promise<Result> {
  return guarded(given, async () => {
    const world = new TestWorld();
    const answer = world.call('ValidateStateMachineDefinition', { definition: definitionOf(given), type: given.type });
    const found = difference(given.expected, answer);
    return result(given, found, found && difference(given.expected.result, answer.result));
  });
}

export function runTestState(given: Case): Promise<Result> {
  return guarded(given, async () => {
    const world = openCase(given);
    const { response, error } = given.expected;
    let answer: Record<string, unknown> | undefined;
    let failure: AwsError | undefined;
    try {
      const value = world.call('TestState', {
        definition: definitionOf(given),
        ...given.request,
      });
      Promise.resolve(value).then(
        (settled) => {
          answer = settled as Record<string, unknown>;
        },
        (cause) => {
          failure = cause;
        },
      );
      await world.run(() => answer !== undefined || failure !== undefined);
    } catch (cause) {
      failure = cause as AwsError;
    }
    if (error) {
      if (error.exception_typename === 'ParamValidationError')
        return result(given, failure ? undefined : 'expected a failure');
      const message =
        error.message ?? error.Error?.Message ?? error.exception_value.replace(/^An error occurred.*? operation: /, '');
      const code = difference(error.Error?.Code ?? error.exception_typename, failure?.name, 'code');
      const shown = failure?.message ?? `no error but ${JSON.stringify(answer)}`;
      return result(given, code ? `${code} (${shown})` : difference(message, failure?.message, 'message'), code);
    }
    const found = failure ? `threw ${failure.name}: ${failure.message}` : difference(response, answer);
    const outcome =
      found &&
      (failure
        ? found
        : (difference(response.status, answer?.status, 'status') ??
          difference(response.output, answer?.output, 'output') ??
          difference(response.error, answer?.error, 'error')));
    return result(given, found, outcome);
  });
}
