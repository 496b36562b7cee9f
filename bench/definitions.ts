// The state machines that are measured. Each counts its transitions, so that rates are of what was really done.

export interface Measured {
  readonly definition: object;
  readonly input: unknown;
  /** States entered in one execution. */
  readonly transitions: number;
}

const COUNT = { 'n.$': 'States.MathAdd($.n, 1)', 'most.$': '$.most' };

/** Pass and Choice in turn: 4 events a round. */
export function choiceLoop(rounds: number): Measured {
  return {
    definition: {
      StartAt: 'Count',
      States: {
        Count: { Type: 'Pass', Parameters: COUNT, Next: 'Again?' },
        'Again?': {
          Type: 'Choice',
          Choices: [{ Variable: '$.n', NumericLessThanPath: '$.most', Next: 'Count' }],
          Default: 'Done',
        },
        Done: { Type: 'Succeed' },
      },
    },
    input: { n: 0, most: rounds },
    transitions: 2 * rounds + 1,
  };
}

/** A chain of Pass states, gone through `rounds` times. */
export function passLoop(rounds: number, length = 98): Measured {
  const chain = Array.from({ length }, (_, i) => [
    `Pass ${i}`,
    { Type: 'Pass', Next: i + 1 < length ? `Pass ${i + 1}` : 'Count' },
  ]);
  return {
    definition: {
      StartAt: 'Pass 0',
      States: {
        ...Object.fromEntries(chain),
        Count: { Type: 'Pass', Parameters: COUNT, Next: 'Again?' },
        'Again?': {
          Type: 'Choice',
          Choices: [{ Variable: '$.n', NumericLessThanPath: '$.most', Next: 'Pass 0' }],
          Default: 'Done',
        },
        Done: { Type: 'Succeed' },
      },
    },
    input: { n: 0, most: rounds },
    transitions: (length + 2) * rounds + 1,
  };
}

/** The Choice loop in JSONata. */
export function jsonataLoop(rounds: number): Measured {
  return {
    definition: {
      QueryLanguage: 'JSONata',
      StartAt: 'Count',
      States: {
        Count: { Type: 'Pass', Output: "{% $merge([$states.input, {'n': $states.input.n + 1}]) %}", Next: 'Again?' },
        'Again?': {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input.n < $states.input.most %}', Next: 'Count' }],
          Default: 'Done',
        },
        Done: { Type: 'Succeed' },
      },
    },
    input: { n: 0, most: rounds },
    transitions: 2 * rounds + 1,
  };
}

/** A Map over numbers with one Pass an item; `transitions` are its items'. */
export function mapOf(items: number, mode: 'INLINE' | 'DISTRIBUTED' | 'PLAIN', each: object = PASS): Measured {
  const processor = mode === 'PLAIN' ? each : { ProcessorConfig: configOf(mode), ...each };
  return {
    definition: {
      StartAt: 'Map',
      States: { Map: { Type: 'Map', [mode === 'PLAIN' ? 'Iterator' : 'ItemProcessor']: processor, End: true } },
    },
    input: Array.from({ length: items }, (_, i) => i),
    transitions: items,
  };
}

const configOf = (mode: string) => (mode === 'INLINE' ? { Mode: mode } : { Mode: mode, ExecutionType: 'STANDARD' });

const PASS = { StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } };

/** One task that waits for its token; the message goes to `queueUrl`. */
export function callback(queueUrl: string): object {
  return {
    StartAt: 'Work',
    States: {
      Work: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: { QueueUrl: queueUrl, MessageBody: { 'token.$': '$$.Task.Token' } },
        HeartbeatSeconds: 7200,
        TimeoutSeconds: 360_000,
        End: true,
      },
    },
  };
}

/** Three Pass states, one after the other. */
export function threePasses(): object {
  return {
    StartAt: 'First',
    States: {
      First: { Type: 'Pass', Next: 'Second' },
      Second: { Type: 'Pass', Next: 'Third' },
      Third: { Type: 'Pass', End: true },
    },
  };
}

/** Starts an execution of `machineArn` and waits for its output. */
export function nested(machineArn: string): object {
  return {
    StartAt: 'Nested',
    States: {
      Nested: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Parameters: {
          StateMachineArn: machineArn,
          Input: { AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: '1' },
        },
        ResultPath: null,
        End: true,
      },
    },
  };
}
