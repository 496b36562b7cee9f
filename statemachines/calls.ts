// The calls our machines make: a handler, a nested execution, a message with a task token.

import type { CalledHandler, NestedMachine, State, Targets } from './asl.ts';
import { CALL_SECONDS, nestedSeconds } from './bounds.ts';

const BACKOFF = { IntervalSeconds: 2, MaxAttempts: 6, BackoffRate: 2, MaxDelaySeconds: 60, JitterStrategy: 'FULL' };

/** Faults of the call itself, never of the work: handlers are idempotent, so it is simply made again. */
const LAMBDA_RETRY = [
  {
    ErrorEquals: [
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.ClientExecutionTimeoutException',
      'Lambda.TooManyRequestsException',
      'Lambda.Unknown',
      'Sandbox.Timedout',
      'Runtime.ExitError',
      'IdeaMine.Transient',
    ],
    ...BACKOFF,
  },
];

/** The nested execution was not started: throttled, or too many are open. One that started and failed is not started again. */
const START_RETRY = [
  {
    ErrorEquals: [
      'StepFunctions.ExecutionLimitExceededException',
      'StepFunctions.ThrottlingException',
      'StepFunctions.SdkClientException',
      'StepFunctions.AWSStepFunctionsException',
    ],
    ...BACKOFF,
  },
];

const SEND_RETRY = [{ ErrorEquals: ['SQS.AmazonSQSException', 'SQS.SdkClientException'], ...BACKOFF }];

/** Selects members of the state's input by name: `{runId: '$.runId'}` without writing each path. */
export function fields(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`${name}.$`, `$.${name}`]));
}

/** Calls a handler; what it answers becomes the state's output. */
export function invoke(targets: Targets, handler: CalledHandler, payload: object, rest: object): State {
  return {
    Type: 'Task',
    Resource: `arn:${targets.partition}:states:::lambda:invoke`,
    Parameters: { FunctionName: targets.functions[handler], Payload: payload },
    OutputPath: '$.Payload',
    TimeoutSeconds: CALL_SECONDS,
    Retry: LAMBDA_RETRY,
    ...rest,
  };
}

/** Calls a handler and waits until someone answers with the token it was given; the answer goes where `rest` says. */
export function invokeAndWait(targets: Targets, handler: CalledHandler, payload: object, rest: object): State {
  return {
    Type: 'Task',
    Resource: `arn:${targets.partition}:states:::lambda:invoke.waitForTaskToken`,
    Parameters: { FunctionName: targets.functions[handler], Payload: payload },
    Retry: LAMBDA_RETRY,
    ...rest,
  };
}

/** Starts a nested execution and waits for its end; its output is at `$.Output`. */
export function nest(targets: Targets, machine: NestedMachine, input: object, rest: object): State {
  return {
    Type: 'Task',
    Resource: `arn:${targets.partition}:states:::states:startExecution.sync:2`,
    Parameters: {
      StateMachineArn: targets.machines[machine],
      Input: { ...input, 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$': '$$.Execution.Id' },
    },
    TimeoutSeconds: nestedSeconds(machine),
    Retry: START_RETRY,
    ...rest,
  };
}

/** Puts a message on a queue and waits until a worker answers with its token. */
export function sendAndWait(targets: Targets, queue: 'models' | 'tools', body: object, rest: object): State {
  return {
    Type: 'Task',
    Resource: `arn:${targets.partition}:states:::sqs:sendMessage.waitForTaskToken`,
    Parameters: { QueueUrl: targets.queueUrls[queue], MessageBody: body },
    Retry: SEND_RETRY,
    ...rest,
  };
}
