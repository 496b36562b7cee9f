// Optimized integrations and AWS SDK integrations with the services of the world.

import type { Fabric } from '../../service.ts';
import { AwsError } from '../../service.ts';
import { docOf, isObject, type Json, type JsonObject, jsonOf } from '../json.ts';
import { type Reply, type TaskCall, TaskError } from './connector.ts';
import { httpDate, type ServiceNames, sdkMetadata, taskError } from './errors.ts';
import { fromSdk, toSdk } from './shapes.ts';

interface Integration {
  /** Service and operation of the world. */
  readonly service: string;
  readonly operation: string;
  readonly names: ServiceNames;
  readonly request?: (parameters: JsonObject, call: TaskCall, fabric: Fabric) => JsonObject;
  /** Refuses an answer that is a failure in Step Functions' eyes. @throws TaskError */
  readonly check?: (answer: JsonObject) => void;
}

const text = (value: Json | undefined): Json | undefined =>
  value === undefined || typeof value === 'string' ? value : JSON.stringify(value);

const OPTIMIZED: Readonly<Record<string, Integration>> = {
  'sqs:sendMessage': {
    service: 'SQS',
    operation: 'SendMessage',
    names: { prefix: 'SQS', legacy: 'AmazonSQS' },
    request: (parameters) => ({ ...parameters, MessageBody: text(parameters.MessageBody) ?? null }),
  },
  'sns:publish': {
    service: 'SNS',
    operation: 'Publish',
    names: { prefix: 'SNS', legacy: 'AmazonSNS' },
    request: (parameters) => ({ ...parameters, Message: text(parameters.Message) ?? null }),
  },
  'events:putEvents': {
    service: 'EventBridge',
    operation: 'PutEvents',
    names: { prefix: 'EventBridge', legacy: 'AmazonCloudWatchEvents' },
    request: (parameters, call) => ({
      ...parameters,
      Entries: (Array.isArray(parameters.Entries) ? parameters.Entries : []).map((entry) =>
        isObject(entry)
          ? {
              ...entry,
              Detail: text(entry.Detail) ?? null,
              Resources: [...((entry.Resources as Json[] | undefined) ?? []), call.machineArn, call.executionArn],
            }
          : entry,
      ),
    }),
    check: (answer) => {
      if (typeof answer.FailedEntryCount === 'number' && answer.FailedEntryCount > 0) {
        throw new TaskError('EventBridge.FailedEntry', JSON.stringify(answer));
      }
    },
  },
  'states:startExecution': {
    service: 'SFN',
    operation: 'StartExecution',
    names: { prefix: 'StepFunctions', legacy: 'AWSStepFunctions' },
    request: (parameters, _call, fabric) => ({
      stateMachineArn: parameters.StateMachineArn ?? null,
      name: parameters.Name ?? fabric.random.uuid(),
      input:
        isObject(parameters.Input) || Array.isArray(parameters.Input)
          ? JSON.stringify(parameters.Input)
          : (parameters.Input ?? '{}'),
    }),
  },
  ...Object.fromEntries(
    ['getItem', 'putItem', 'updateItem', 'deleteItem'].map((name): [string, Integration] => [
      `dynamodb:${name}`,
      {
        service: 'DynamoDB',
        operation: `${name[0]?.toUpperCase()}${name.slice(1)}`,
        names: { prefix: 'DynamoDB', legacy: 'AmazonDynamoDBv2' },
      },
    ]),
  ),
};

/** AWS SDK integrations: service as the ARN has it, name in the world, name in errors. */
const SDK_SERVICES: Readonly<Record<string, readonly [world: string, prefix: string]>> = {
  dynamodb: ['DynamoDB', 'DynamoDb'],
  eventbridge: ['EventBridge', 'EventBridge'],
  lambda: ['Lambda', 'Lambda'],
  s3: ['S3', 'S3'],
  scheduler: ['Scheduler', 'Scheduler'],
  sfn: ['SFN', 'Sfn'],
  sqs: ['SQS', 'Sqs'],
};

function serviceOf(call: TaskCall): Integration | undefined {
  const { service, operation } = call.resource;
  const optimized = `${service}:${operation}`;
  if (Object.hasOwn(OPTIMIZED, optimized)) return OPTIMIZED[optimized];
  const sdk = service.startsWith('aws-sdk:') ? service.slice('aws-sdk:'.length) : '';
  const known = Object.hasOwn(SDK_SERVICES, sdk) ? SDK_SERVICES[sdk] : undefined;
  if (!known) return undefined;
  return {
    service: known[0],
    operation: `${operation[0]?.toUpperCase()}${operation.slice(1)}`,
    names: { prefix: known[1] },
    request: (parameters) => toSdk(known[0], parameters),
  };
}

export function callService(fabric: Fabric, call: TaskCall): Reply | Promise<Reply> {
  const integration = serviceOf(call);
  if (!integration) {
    throw new TaskError('States.Runtime', `There is no service '${call.resource.service}' in this world`, 'runtime');
  }
  const { names } = integration;
  const parameters = jsonOf(call.parameters) as JsonObject;
  const request = integration.request?.(parameters, call, fabric) ?? parameters;
  const requestId = fabric.random.uuid();
  const refuse = (cause: unknown): never => {
    if (
      integration.service === 'SQS' &&
      cause instanceof AwsError &&
      /NonExistentQueue|QueueDoesNotExist/.test(cause.name)
    ) {
      throw new TaskError(`${names.prefix}.QueueDoesNotExistException`, cause.message);
    }
    throw taskError(cause, names, requestId);
  };
  let answer: unknown;
  try {
    answer = fabric.call(integration.service, integration.operation, request, { principal: call.role });
  } catch (cause) {
    return refuse(cause);
  }
  const accept = (value: unknown) => reply(fabric, call, integration, value);
  return answer instanceof Promise ? answer.then(accept, refuse) : accept(answer);
}

function reply(fabric: Fabric, call: TaskCall, integration: Integration, answer: unknown): Reply | Promise<Reply> {
  const shaped = fromSdk(answer);
  if (shaped instanceof Promise) return shaped.then((value) => finish(fabric, call, integration, value));
  return finish(fabric, call, integration, shaped);
}

function finish(fabric: Fabric, call: TaskCall, integration: Integration, value: JsonObject): Reply {
  integration.check?.(value);
  const optimized = !call.resource.service.startsWith('aws-sdk:');
  const body = optimized
    ? {
        ...value,
        ...sdkMetadata(fabric.random.uuid(), 'application/x-amz-json-1.0', JSON.stringify(value).length, {
          Date: httpDate(fabric.clock.now()),
        }),
      }
    : value;
  const output = docOf(body as Json);
  const child = value.ExecutionArn;
  return call.resource.pattern.startsWith('sync') && typeof child === 'string' ? { output, child } : { output };
}
