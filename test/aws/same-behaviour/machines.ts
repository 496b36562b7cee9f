// The executions that are compared: each a small machine, its input, and what reaches it from outside is the worker's.

export interface Arns {
  readonly worker: string;
  /** Its messages are answered by the worker. */
  readonly answered: string;
  /** Its messages make the worker throw, and end in a dead-letter queue that answers them. */
  readonly undeliverable: string;
  /** Nobody takes its messages. */
  readonly silent: string;
  readonly nested: string;
}

type Definition = Readonly<Record<string, unknown>>;

const call = (arns: Arns, payload: object, rest: object) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: arns.worker, Payload: payload },
  OutputPath: '$.Payload',
  ...rest,
});

const send = (queue: string, body: object, rest: object) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
  Parameters: { QueueUrl: queue, MessageBody: { ...body, 'token.$': '$$.Task.Token' } },
  TimeoutSeconds: 60,
  ...rest,
});

const caught = (...errors: string[]) => ({ Catch: [{ ErrorEquals: errors, ResultPath: '$.error', Next: 'Caught' }] });
const CAUGHT = { Type: 'Pass', Parameters: { 'error.$': '$.error.Error' }, End: true };
const LATE = { Type: 'Pass', Parameters: { late: true }, End: true };

/** Started by `nested`; deployed beside the others. */
export const NESTED: Definition = {
  StartAt: 'Inner',
  States: { Inner: { Type: 'Pass', Parameters: { 'doubled.$': '$.value', by: 'inner' }, End: true } },
};

export function machines(arns: Arns): Readonly<Record<string, Definition>> {
  return {
    success: {
      StartAt: 'Echo',
      States: {
        Echo: call(arns, { op: 'echo', 'value.$': '$.value' }, { Next: 'Large or small' }),
        'Large or small': {
          Type: 'Choice',
          Choices: [{ Variable: '$.value', NumericGreaterThan: 10, Next: 'Large' }],
          Default: 'Small',
        },
        Large: { Type: 'Pass', Result: 'large', End: true },
        Small: { Type: 'Pass', Result: 'small', Next: 'Done' },
        Done: { Type: 'Succeed' },
      },
    },
    'worker-failure': {
      StartAt: 'Fail',
      States: {
        Fail: call(arns, { op: 'fail' }, { Next: 'Never' }),
        Never: { Type: 'Pass', End: true },
      },
    },
    'named-failure': {
      StartAt: 'Look',
      States: {
        Look: { Type: 'Pass', Result: { why: 'not released' }, Next: 'Give up' },
        'Give up': { Type: 'Fail', Error: 'IdeaMine.RunFailed', CausePath: '$.why' },
      },
    },
    retry: {
      StartAt: 'Third time',
      States: {
        'Third time': call(
          arns,
          { op: 'until', 'retries.$': '$$.State.RetryCount', least: 2 },
          {
            Retry: [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 3 }],
            End: true,
          },
        ),
      },
    },
    'retry-exhausted': {
      StartAt: 'Never enough',
      States: {
        'Never enough': call(
          arns,
          { op: 'until', 'retries.$': '$$.State.RetryCount', least: 9 },
          {
            Retry: [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 1 }],
            ...caught('States.ALL'),
            Next: 'Never',
          },
        ),
        Never: { Type: 'Pass', End: true },
        Caught: CAUGHT,
      },
    },
    catch: {
      StartAt: 'Fail',
      States: {
        Fail: call(arns, { op: 'fail' }, { ...caught('States.ALL'), End: true }),
        Caught: CAUGHT,
      },
    },
    map: {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemsPath: '$.items',
          MaxConcurrency: 1,
          ItemProcessor: {
            ProcessorConfig: { Mode: 'INLINE' },
            StartAt: 'One',
            States: { One: call(arns, { op: 'echo', 'value.$': '$' }, { OutputPath: '$.Payload.value', End: true }) },
          },
          End: true,
        },
      },
    },
    'map-failure': {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemsPath: '$.items',
          MaxConcurrency: 1,
          ItemProcessor: {
            ProcessorConfig: { Mode: 'INLINE' },
            StartAt: 'One',
            States: { One: call(arns, { op: 'fail' }, { End: true }) },
          },
          ...caught('States.ALL'),
          End: true,
        },
        Caught: CAUGHT,
      },
    },
    parallel: {
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: ['left', 'right'].map((side) => ({
            StartAt: side,
            States: { [side]: { Type: 'Pass', Result: side, End: true } },
          })),
          ResultSelector: { 'sides.$': '$[*]' },
          End: true,
        },
      },
    },
    callback: {
      StartAt: 'Ask',
      States: { Ask: send(arns.answered, { op: 'succeed' }, { ResultPath: '$.answer', End: true }) },
    },
    'callback-failure': {
      StartAt: 'Ask',
      States: {
        Ask: send(arns.answered, { op: 'refuse' }, { ...caught('Refused'), End: true }),
        Caught: CAUGHT,
      },
    },
    'callback-timeout': {
      StartAt: 'Ask',
      States: {
        Ask: send(arns.silent, {}, { TimeoutSeconds: 2, ...caught('States.Timeout'), End: true }),
        Caught: CAUGHT,
      },
    },
    heartbeat: {
      StartAt: 'Ask',
      States: {
        Ask: send(
          arns.silent,
          {},
          {
            TimeoutSeconds: 6,
            HeartbeatSeconds: 1,
            Catch: [
              { ErrorEquals: ['States.HeartbeatTimeout'], ResultPath: '$.error', Next: 'Caught' },
              { ErrorEquals: ['States.Timeout'], ResultPath: '$.error', Next: 'Late' },
            ],
            End: true,
          },
        ),
        Caught: CAUGHT,
        Late: LATE,
      },
    },
    nested: {
      StartAt: 'Start another',
      States: {
        'Start another': {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.sync:2',
          Parameters: { StateMachineArn: arns.nested, Input: { 'value.$': '$.value' } },
          OutputPath: '$.Output',
          End: true,
        },
      },
    },
    'dead-letter': {
      StartAt: 'Ask',
      States: {
        Ask: send(arns.undeliverable, { op: 'throw' }, { ...caught('DeadLetter'), End: true }),
        Caught: CAUGHT,
      },
    },
  };
}

/** One input for all of them. */
export const INPUT = { value: 7, items: [1, 2, 3] };
