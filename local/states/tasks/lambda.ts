// Lambda: the function's ARN as resource, and lambda:invoke.

import type { Fabric } from '../../service.ts';
import { type Doc, docOf, docOfText, isObject, type Json, type JsonObject, jsonOf, textOf } from '../json.ts';
import { type Reply, type TaskCall, TaskError } from './connector.ts';
import { httpDate, sdkMetadata, taskError } from './errors.ts';

interface Invoked {
  readonly StatusCode?: number;
  readonly FunctionError?: string;
  readonly ExecutedVersion?: string;
  readonly Payload?: Uint8Array | string;
}

function payloadText(answer: Invoked): string {
  const { Payload } = answer;
  if (Payload === undefined) return 'null';
  const text = typeof Payload === 'string' ? Payload : Buffer.from(Payload).toString('utf8');
  return text === '' ? 'null' : text;
}

/** @throws TaskError named by the error's type when the function failed */
function checkFunction(answer: Invoked): string {
  const text = payloadText(answer);
  if (answer.FunctionError === undefined) return text;
  let parsed: Json = null;
  try {
    parsed = JSON.parse(text) as Json;
  } catch {
    // An error payload that is no JSON is the cause as it stands.
  }
  const type = isObject(parsed) && typeof parsed.errorType === 'string' ? parsed.errorType : 'Lambda.Unknown';
  throw new TaskError(type, text);
}

function invoke<T>(fabric: Fabric, call: TaskCall, input: object, then: (answer: Invoked) => T): T | Promise<T> {
  const requestId = fabric.random.uuid();
  const names = { prefix: 'Lambda', legacy: 'AWSLambda' };
  let answer: unknown;
  try {
    answer = fabric.call('Lambda', 'Invoke', input, { principal: call.role });
  } catch (cause) {
    throw taskError(cause, names, requestId);
  }
  if (!(answer instanceof Promise)) return then(answer as Invoked);
  return answer.then(
    (value) => then(value as Invoked),
    (cause) => {
      throw taskError(cause, names, requestId);
    },
  );
}

/** The task's input is the payload and the payload of the answer is the result. */
export function invokeByArn(fabric: Fabric, call: TaskCall): Reply | Promise<Reply> {
  const input = { FunctionName: call.resource.arn, Payload: Buffer.from(textOf(call.parameters)) };
  return invoke(fabric, call, input, (answer) => ({ output: docOfText(checkFunction(answer)) }));
}

/** `lambda:invoke`, with the members of Lambda's Invoke as parameters. */
export function invokeByParameters(fabric: Fabric, call: TaskCall): Reply | Promise<Reply> {
  const parameters = jsonOf(call.parameters) as JsonObject;
  const { Payload, ...rest } = parameters;
  if (typeof rest.FunctionName !== 'string') {
    throw new TaskError(
      null,
      `The Parameters '${textOf(call.parameters)}' could not be used to start the Task: [The field 'FunctionName' is required but was missing]`,
      'runtime',
    );
  }
  const input = { ...rest, Payload: Buffer.from(JSON.stringify(Payload ?? {})) };
  return invoke(fabric, call, input, (answer) => ({ output: wrap(fabric, answer) }));
}

function wrap(fabric: Fabric, answer: Invoked): Doc {
  const text = checkFunction(answer);
  return docOf({
    ExecutedVersion: answer.ExecutedVersion ?? '$LATEST',
    Payload: JSON.parse(text) as Json,
    ...sdkMetadata(fabric.random.uuid(), 'application/json', text.length, {
      'X-Amz-Executed-Version': answer.ExecutedVersion ?? '$LATEST',
      'x-amzn-Remapped-Content-Length': '0',
      Date: httpDate(fabric.clock.now()),
      'X-Amzn-Trace-Id': `root=1-${Math.floor(fabric.clock.now() / 1000).toString(16)}-${fabric.random.uuid().replaceAll('-', '').slice(0, 24)};sampled=0`,
    }),
    StatusCode: answer.StatusCode ?? 200,
  });
}
