// Task states against services: what is sent, what comes back, callbacks, timeouts, retries, roles, nested executions.

import { describe, expect, it } from '@jest/globals';
import { AwsError, type CallContext, type Fabric } from '../../../local/service.ts';
import { type HistoryItem, runOnce, TestWorld } from './test-world.ts';

const one = (state: object, others: object = {}) => ({
  StartAt: 'T',
  States: { T: { ...state, End: true }, ...others },
});
const types = (history: readonly HistoryItem[]) => history.map((event) => event.type);
const queue = (sent: { MessageBody: string }[]) => ({
  SQS: {
    SendMessage: (input: { MessageBody: string }) => {
      sent.push(input);
      return { MessageId: 'm1', MD5OfMessageBody: 'x' };
    },
  },
});
const callback = {
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
  Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token', 'a.$': '$.a' } },
};

describe('callbacks', () => {
  const open = async (more: object = {}, others: object = {}) => {
    const sent: { MessageBody: string }[] = [];
    const world = new TestWorld({ services: queue(sent) });
    const arn = world.start(world.create(one({ ...callback, ...more }, others)), { a: 1 });
    await world.run(() => sent.length > 0);
    const { token, a } = JSON.parse((sent[0] as { MessageBody: string }).MessageBody);
    expect(a).toBe(1);
    return { world, arn, taskToken: token as string };
  };

  it('end with SendTaskSuccess, once', async () => {
    const { world, arn, taskToken } = await open();
    world.call('SendTaskSuccess', { taskToken, output: '{"done":true}' });
    await world.run();
    expect(world.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '{"done":true}' });
    expect(types(world.history(arn))).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    for (const [operation, more] of [
      ['SendTaskSuccess', { output: '1' }],
      ['SendTaskFailure', {}],
      ['SendTaskHeartbeat', {}],
    ] as const) {
      expect(() => world.call(operation, { taskToken, ...more })).toThrow(
        expect.objectContaining({ name: 'TaskTimedOut' }),
      );
    }
  });

  it('fail with SendTaskFailure', async () => {
    const { world, arn, taskToken } = await open();
    world.call('SendTaskFailure', { taskToken, error: 'E', cause: 'C' });
    await world.run();
    expect(world.describe(arn)).toMatchObject({ status: 'FAILED', error: 'E', cause: 'C' });
  });

  it('refuse a token never given, and an output that is no JSON', async () => {
    const { world, taskToken } = await open();
    expect(() => world.call('SendTaskSuccess', { taskToken: 'nonsense', output: '1' })).toThrow(
      new AwsError('InvalidToken', "Invalid Token: 'Invalid token'"),
    );
    expect(() => world.call('SendTaskSuccess', { taskToken, output: '{' })).toThrow(
      expect.objectContaining({ name: 'InvalidOutput' }),
    );
    const forged = Buffer.from(Buffer.from(taskToken, 'base64url').toString().replace(/.$/, 'x')).toString('base64url');
    expect(() => world.call('SendTaskSuccess', { taskToken: forged, output: '1' })).toThrow(
      expect.objectContaining({ name: 'TaskTimedOut' }),
    );
  });

  it('time out without heartbeats; each heartbeat counts anew', async () => {
    const late = { Late: { Type: 'Pass', Result: 'late', End: true } };
    const { world, arn, taskToken } = await open(
      { TimeoutSeconds: 600, HeartbeatSeconds: 5, Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Late' }] },
      late,
    );
    const began = world.now;
    await world.run(() => false, began + 4000);
    world.now = began + 4000;
    world.call('SendTaskHeartbeat', { taskToken });
    await world.run();
    expect(world.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"late"' });
    expect(world.now - began).toBe(9000);
  });
});

describe('retries', () => {
  const failing = (times: number) => {
    const at: number[] = [];
    const world: TestWorld = new TestWorld({
      services: {
        Lambda: {
          Invoke: () => {
            at.push(world.now);
            return at.length > times
              ? { Payload: '"ok"' }
              : { FunctionError: 'Unhandled', Payload: '{"errorType":"Boom"}' };
          },
        },
      },
    });
    return { world, at };
  };
  const machine = (retry: object) =>
    one({
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'f' },
      OutputPath: '$.Payload',
      Retry: [{ ErrorEquals: ['Boom'], ...retry }],
    });
  const gaps = (at: readonly number[]) => at.slice(1).map((time, i) => (time - (at[i] as number)) / 1000);

  it('back off by IntervalSeconds and BackoffRate', async () => {
    const { world, at } = failing(3);
    const arn = world.start(world.create(machine({ IntervalSeconds: 3, BackoffRate: 2, MaxAttempts: 3 })));
    await world.run();
    expect(world.describe(arn).status).toBe('SUCCEEDED');
    expect(gaps(at)).toEqual([3, 6, 12]);
  });

  // "Retrying after an error" in the developer guide: MaxDelaySeconds caps the interval reached by BackoffRate.
  it('never wait longer than MaxDelaySeconds', async () => {
    const { world, at } = failing(5);
    world.start(world.create(machine({ IntervalSeconds: 3, BackoffRate: 2, MaxAttempts: 5, MaxDelaySeconds: 8 })));
    await world.run();
    expect(gaps(at)).toEqual([3, 6, 8, 8, 8]);
  });

  it('draw from nothing to the full delay with FULL jitter', async () => {
    const { world, at } = failing(4);
    world.start(world.create(machine({ IntervalSeconds: 10, BackoffRate: 1, MaxAttempts: 4, JitterStrategy: 'FULL' })));
    await world.run();
    const waits = gaps(at);
    expect(waits).toHaveLength(4);
    expect(new Set(waits).size).toBeGreaterThan(1);
    for (const wait of waits) expect(wait).toBeLessThanOrEqual(10);
  });

  it('end after MaxAttempts, with none at 0', async () => {
    for (const [MaxAttempts, calls] of [
      [2, 3],
      [0, 1],
    ] as const) {
      const { world, at } = failing(9);
      const arn = world.start(world.create(machine({ MaxAttempts })));
      await world.run();
      expect(world.describe(arn)).toMatchObject({ status: 'FAILED', error: 'Boom' });
      expect(at).toHaveLength(calls);
    }
  });
});

describe('late replies', () => {
  it('to an attempt that timed out do not answer the next one', async () => {
    let calls = 0;
    const services = (fabric: Fabric) => ({
      Lambda: {
        Invoke: () =>
          new Promise((resolve) => {
            const payload = JSON.stringify(++calls);
            fabric.timers.set(fabric.clock.now() + 8000, () => resolve({ Payload: payload }));
          }),
      },
    });
    const state = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'f' },
      TimeoutSeconds: 5,
      Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 1, MaxAttempts: 1 }],
    };
    const { status, error, world, arn } = await runOnce(one(state), {}, { services });
    expect({ calls, status, error }).toEqual({ calls: 2, status: 'FAILED', error: 'States.Timeout' });
    expect(types(world.history(arn)).filter((type) => type === 'TaskTimedOut')).toHaveLength(2);
  });
});

describe('inline Maps', () => {
  it('run forty iterations side by side at most, fewer where they say so', async () => {
    for (const [MaxConcurrency, expected] of [
      [0, 40],
      [100, 40],
      [3, 3],
    ]) {
      const sent: { MessageBody: string }[] = [];
      const world = new TestWorld({ services: queue(sent) });
      const each = { ...callback, Parameters: { QueueUrl: 'q', 'MessageBody.$': '$$.Task.Token' }, End: true };
      const map = { Type: 'Map', MaxConcurrency, ItemProcessor: { StartAt: 'T2', States: { T2: each } } };
      world.start(
        world.create(one(map)),
        Array.from({ length: 60 }, (_, i) => i),
      );
      await world.run(() => false, world.now);
      expect(sent).toHaveLength(expected as number);
      world.call('SendTaskSuccess', { taskToken: sent[0]?.MessageBody, output: '1' });
      await world.run(() => false, world.now);
      expect(sent).toHaveLength((expected as number) + 1);
    }
  });
});

describe('calls to services', () => {
  it('carry the role of the machine, or of Credentials', async () => {
    const roles: (string | undefined)[] = [];
    const services = {
      Lambda: {
        Invoke: (_input: object, { principal }: CallContext) => {
          roles.push(principal);
          return { Payload: '1' };
        },
      },
    };
    const state = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f' } };
    await runOnce(one(state), {}, { services });
    await runOnce(one({ ...state, Credentials: { RoleArn: 'other' } }), {}, { services });
    expect(roles).toEqual(['arn:aws:iam::111111111111:role/r', 'other']);
  });

  it('fail by the error a service answers', async () => {
    const services = {
      DynamoDB: {
        PutItem: () => {
          throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed');
        },
      },
    };
    const { error, cause } = await runOnce(
      one({ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:dynamodb:putItem', Parameters: { TableName: 't' } }),
      {},
      { services },
    );
    expect(error).toBe('DynamoDb.ConditionalCheckFailedException');
    expect(cause).toMatch(
      /^The conditional request failed \(Service: DynamoDb, Status Code: 400, Request ID: [\w-]+\)$/,
    );
  });

  it('refused for want of a permission fail by the base class of the SDK', async () => {
    const refuse = () => {
      throw new AwsError('AccessDeniedException', 'not authorized', 403);
    };
    const services = { Lambda: { Invoke: refuse }, S3: { GetObject: refuse } };
    for (const [Resource, expected] of [
      ['arn:aws:states:::lambda:invoke', 'Lambda.AWSLambdaException'],
      ['arn:aws:states:::aws-sdk:s3:getObject', 'S3.S3Exception'],
    ]) {
      const { error } = await runOnce(
        one({ Type: 'Task', Resource, Parameters: { FunctionName: 'f' } }),
        {},
        { services },
      );
      expect(error).toBe(expected);
    }
  });

  it('name a service this world has not', async () => {
    const { error, cause } = await runOnce(
      one({ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:ec2:runInstances', Parameters: {} }),
    );
    expect(error).toBe('States.Runtime');
    expect(cause).toContain("'aws-sdk:ec2'");
  });

  it('give a Lambda function its payload and its error by type', async () => {
    const services = {
      Lambda: {
        Invoke: ({ Payload }: { Payload: Uint8Array }) => ({
          FunctionError: 'Unhandled',
          Payload: JSON.stringify({ errorType: 'Typed', errorMessage: Buffer.from(Payload).toString() }),
        }),
      },
    };
    const arn = 'arn:aws:lambda:us-east-1:111111111111:function:f';
    const { error, cause } = await runOnce(one({ Type: 'Task', Resource: arn }), { a: 1 }, { services });
    expect({ error, cause: JSON.parse(String(cause)) }).toEqual({
      error: 'Typed',
      cause: { errorType: 'Typed', errorMessage: '{"a":1}' },
    });
  });
});

describe('nested executions', () => {
  const nest = async (child: object, pattern: string) => {
    const world = new TestWorld();
    const callee = world.create(child, { name: 'callee' });
    const arn = world.start(
      world.create(
        one({
          Type: 'Task',
          Resource: `arn:aws:states:::states:startExecution${pattern}`,
          Parameters: { StateMachineArn: callee, 'Input.$': '$', Name: 'n' },
        }),
        { name: 'caller' },
      ),
      { x: 1 },
    );
    return { world, arn, child: 'arn:aws:states:us-east-1:111111111111:execution:callee:n' };
  };
  const good = {
    StartAt: 'W',
    States: { W: { Type: 'Wait', Seconds: 9, Next: 'P' }, P: { Type: 'Pass', Result: { y: 2 }, End: true } },
  };

  it('give their description, with .sync:2 parsed', async () => {
    for (const [pattern, Output] of [
      ['.sync', '{"y":2}'],
      ['.sync:2', { y: 2 }],
    ] as const) {
      const { world, arn } = await nest(good, pattern);
      await world.run();
      expect(JSON.parse(String(world.describe(arn).output))).toMatchObject({ Status: 'SUCCEEDED', Output, Name: 'n' });
    }
  });

  it('fail with States.TaskFailed and the child as the cause', async () => {
    const { world, arn } = await nest(
      { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'E', Cause: 'C' } } },
      '.sync:2',
    );
    await world.run();
    const { error, cause } = world.describe(arn);
    expect({ error, cause: JSON.parse(String(cause)) }).toMatchObject({
      error: 'States.TaskFailed',
      cause: { Error: 'E', Cause: 'C', Status: 'FAILED' },
    });
  });

  it('are stopped with their parent', async () => {
    const { world, arn, child } = await nest(good, '.sync');
    await world.run(() => world.describe(arn).status === 'RUNNING' && world.history(arn).length > 4, world.now);
    world.call('StopExecution', { executionArn: arn });
    expect(world.describe(child).status).toBe('ABORTED');
  });

  it('without .sync are only started', async () => {
    const { world, arn, child } = await nest(good, '');
    await world.run(() => world.ended(arn));
    expect([world.describe(arn).status, world.describe(child).status]).toEqual(['SUCCEEDED', 'RUNNING']);
  });
});
