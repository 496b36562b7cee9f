import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { WorldOptions } from '../../../local/world.ts';
import { emptyFolder } from '../lambda/code-folder.ts';
import { START, testWorld } from '../lambda/lambda-world.ts';

const PLACE = 'us-east-1:000000000000';
const QUEUE = `arn:aws:sqs:${PLACE}:q`;
const PRINT = 'exports.handler = async (event) => { console.log(JSON.stringify(event)); };';

async function setUp(options: Partial<WorldOptions> = {}) {
  const test = await testWorld(options);
  const { world } = test;
  await world.call('SQS', 'CreateQueue', { QueueName: 'q' });
  const call = (operation: string, input: object = {}) => world.call('EventBridge', operation, input);
  const put = (detail: object, more: object = {}) =>
    call('PutEvents', { Entries: [{ Source: 'shop', DetailType: 'order', Detail: JSON.stringify(detail), ...more }] });
  const rule = async (pattern: object, target: object, more: object = {}) => {
    await call('PutRule', { Name: 'r', EventPattern: JSON.stringify(pattern), ...more });
    await call('PutTargets', { Rule: 'r', ...more, Targets: [{ Id: '1', Arn: QUEUE, ...target }] });
  };
  /** What arrived in the queue so far, parsed. */
  const arrived = async (): Promise<unknown[]> => {
    await test.pass(1);
    const { Messages = [] } = await world.call('SQS', 'ReceiveMessage', { QueueUrl: 'q', MaxNumberOfMessages: 10 });
    return Messages.map(({ Body }: { Body: string }) => JSON.parse(Body));
  };
  return { ...test, call, put, rule, arrived };
}

describe('an event', () => {
  it('reaches the targets of the rules it matches, whole', async () => {
    const { put, rule, arrived } = await setUp();
    await rule({ detail: { n: [1, 2] } }, {});
    const { Entries, FailedEntryCount } = await put({ n: 1 }, { Resources: ['arn:x'], Time: new Date(START - 5000) });
    await put({ n: 3 });
    expect(FailedEntryCount).toBe(0);
    expect(await arrived()).toEqual([
      {
        version: '0',
        id: Entries[0].EventId,
        'detail-type': 'order',
        source: 'shop',
        account: '000000000000',
        time: '2025-12-31T23:59:55Z',
        region: 'us-east-1',
        resources: ['arn:x'],
        detail: { n: 1 },
      },
    ]);
  });

  it('stays on its bus', async () => {
    const { call, put, rule, arrived } = await setUp();
    const { EventBusArn } = await call('CreateEventBus', { Name: 'own' });
    await rule({ source: ['shop'] }, { InputPath: '$.detail.n' }, { EventBusName: 'own' });
    await put({ n: 'default' });
    await put({ n: 'own' }, { EventBusName: 'own' });
    await put({ n: 'by ARN' }, { EventBusName: EventBusArn });
    await put({ n: 'no such bus' }, { EventBusName: 'other' });
    expect(await arrived()).toEqual(['own', 'by ARN']);
  });

  it.each([
    [{ Input: '{"fixed":true}' }, { fixed: true }],
    [{ InputPath: '$.detail' }, { n: 7, name: 'A "quoted" name', list: [1, 2], inner: { a: 1 } }],
    [{ InputPath: '$.detail.list[1]' }, 2],
    [{ InputPath: '$.detail.none' }, null],
    [
      {
        InputTransformer: {
          InputPathsMap: { n: '$.detail.n', who: '$.detail.name' },
          InputTemplate: '{"count": <n>, "who": <who>, "text": "<who> has <n>"}',
        },
      },
      { count: 7, who: 'A "quoted" name', text: 'A "quoted" name has 7' },
    ],
    [
      {
        InputTransformer: {
          InputPathsMap: { inner: '$.detail.inner' },
          InputTemplate: '{"it": <inner>, "rule": "<aws.events.rule-name>"}',
        },
      },
      { it: { a: 1 }, rule: 'r' },
    ],
    [{ InputTransformer: { InputPathsMap: { n: '$.detail.n' }, InputTemplate: 'there are <n>' } }, 'there are 7'],
  ])('is given to a target as %j says', async (input, expected) => {
    const { put, rule, arrived } = await setUp();
    await rule({ source: ['shop'] }, input);
    await put({ n: 7, name: 'A "quoted" name', list: [1, 2], inner: { a: 1 } });
    expect(await arrived()).toEqual([expected]);
  });

  it('starts functions and executions', async () => {
    const { world, call, put, make, log, pass } = await setUp();
    await make('f', PRINT);
    const definition = JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });
    const roleArn = 'arn:aws:iam::000000000000:role/r';
    const { stateMachineArn } = await world.call('SFN', 'CreateStateMachine', { name: 'm', definition, roleArn });
    await call('PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
    const Targets = [
      { Id: 'f', Arn: `arn:aws:lambda:${PLACE}:function:f`, InputPath: '$.detail' },
      { Id: 'm', Arn: stateMachineArn, RoleArn: roleArn, InputPath: '$.detail' },
    ];
    await call('PutTargets', { Rule: 'r', Targets });
    await put({ n: 1 });
    await pass(1);
    expect(log.filter(({ kind }) => kind === 'output').map(({ text }) => text)).toEqual(['{"n":1}']);
    const { executions } = await world.call('SFN', 'ListExecutions', { stateMachineArn });
    expect(executions).toMatchObject([{ status: 'SUCCEEDED' }]);
  });

  it('is tried again until its target takes it', async () => {
    const { world, put, rule, arrived, pass } = await setUp();
    await rule({ source: ['shop'] }, { InputPath: '$.detail' });
    await world.call('SQS', 'DeleteQueue', { QueueUrl: 'q' });
    await put({ n: 1 });
    await pass(30);
    await world.call('SQS', 'CreateQueue', { QueueName: 'q' });
    await pass(60);
    expect(await arrived()).toEqual([{ n: 1 }]);
  });

  it('goes to the dead-letter queue when its tries are spent', async () => {
    const { world, put, rule, pass } = await setUp();
    await world.call('SQS', 'CreateQueue', { QueueName: 'dead' });
    await rule(
      { source: ['shop'] },
      { RetryPolicy: { MaximumRetryAttempts: 2 }, DeadLetterConfig: { Arn: `arn:aws:sqs:${PLACE}:dead` } },
    );
    await world.call('SQS', 'DeleteQueue', { QueueUrl: 'q' });
    await put({ n: 1 });
    await pass(60);
    const { Messages } = await world.call('SQS', 'ReceiveMessage', {
      QueueUrl: 'dead',
      MessageAttributeNames: ['All'],
    });
    expect(JSON.parse(Messages[0].Body).detail).toEqual({ n: 1 });
    expect(Messages[0].MessageAttributes).toMatchObject({
      ERROR_CODE: { StringValue: 'QueueDoesNotExist' },
      RETRY_ATTEMPTS: { StringValue: '2' },
      TARGET_ARN: { StringValue: QUEUE },
    });
  });

  it('that was given up is not taken up again by the next process', async () => {
    const file = join(emptyFolder(), 'world.sqlite');
    const { world, put, rule, pass } = await setUp({ file });
    await world.call('SQS', 'CreateQueue', { QueueName: 'dead' });
    await rule(
      { source: ['shop'] },
      { RetryPolicy: { MaximumRetryAttempts: 0 }, DeadLetterConfig: { Arn: `arn:aws:sqs:${PLACE}:dead` } },
    );
    await world.call('SQS', 'DeleteQueue', { QueueUrl: 'q' });
    await put({ n: 1 });
    await pass(1);
    await world.close();
    const after = await testWorld({ file });
    await after.pass(60);
    const { Messages } = await after.world.call('SQS', 'ReceiveMessage', { QueueUrl: 'dead', MaxNumberOfMessages: 10 });
    expect(Messages).toHaveLength(1);
  });

  it('that is on its way is taken up by the next process', async () => {
    const file = join(emptyFolder(), 'world.sqlite');
    const { world, put, rule, pass } = await setUp({ file });
    await rule({ source: ['shop'] }, { InputPath: '$.detail' });
    await world.call('SQS', 'DeleteQueue', { QueueUrl: 'q' });
    await put({ n: 1 });
    await pass(5);
    await world.close();
    const after = await testWorld({ file });
    await after.world.call('SQS', 'CreateQueue', { QueueName: 'q' });
    await after.pass(60);
    const { Messages } = await after.world.call('SQS', 'ReceiveMessage', { QueueUrl: 'q' });
    expect(Messages).toMatchObject([{ Body: '{"n":1}' }]);
  });

  it('that is malformed is refused by itself', async () => {
    const { call } = await setUp();
    const Entries = [
      { Source: 'a', DetailType: 'b', Detail: '{}' },
      { DetailType: 'b', Detail: '{}' },
      { Source: 'a', DetailType: 'b', Detail: '[]' },
      { Source: 'a', DetailType: 'b', Detail: '{' },
    ];
    const result = await call('PutEvents', { Entries });
    expect(result.FailedEntryCount).toBe(3);
    expect(result.Entries.map(({ ErrorCode }: { ErrorCode?: string }) => ErrorCode)).toEqual([
      undefined,
      'InvalidArgument',
      'MalformedDetail',
      'MalformedDetail',
    ]);
    await expect(call('PutEvents', { Entries: [] })).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('a rule', () => {
  it('can be disabled, and deleted only without targets', async () => {
    const { call, put, rule, arrived } = await setUp();
    await rule({ source: ['shop'] }, { InputPath: '$.detail' });
    await call('DisableRule', { Name: 'r' });
    await put({ n: 1 });
    await call('EnableRule', { Name: 'r' });
    await put({ n: 2 });
    expect(await arrived()).toEqual([{ n: 2 }]);
    await expect(call('DeleteRule', { Name: 'r' })).rejects.toMatchObject({ name: 'ValidationException' });
    await call('RemoveTargets', { Rule: 'r', Ids: ['1'] });
    await call('DeleteRule', { Name: 'r' });
    expect((await call('ListRules')).Rules).toEqual([]);
  });

  it('with a schedule fires by itself', async () => {
    const { call, pass, world } = await setUp();
    await call('PutRule', { Name: 'r', ScheduleExpression: 'rate(5 minutes)' });
    await call('PutTargets', { Rule: 'r', Targets: [{ Id: '1', Arn: QUEUE }] });
    await pass(16 * 60);
    const { Messages } = await world.call('SQS', 'ReceiveMessage', { QueueUrl: 'q', MaxNumberOfMessages: 10 });
    const events = Messages.map(({ Body }: { Body: string }) => JSON.parse(Body));
    expect(events.map((event: { time: string }) => event.time.slice(11, 16))).toEqual(['00:05', '00:10', '00:15']);
    expect(events[0]).toMatchObject({ source: 'aws.events', 'detail-type': 'Scheduled Event' });
  });

  it('is refused a pattern, schedule or target that makes no sense', async () => {
    const { call } = await setUp();
    await expect(call('PutRule', { Name: 'r', EventPattern: '{"a":"b"}' })).rejects.toMatchObject({
      name: 'InvalidEventPatternException',
    });
    await expect(call('PutRule', { Name: 'r', ScheduleExpression: 'rate(1 minutes)' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(call('PutRule', { Name: 'r' })).rejects.toMatchObject({ name: 'ValidationException' });
    await call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}' });
    const Targets = [{ Id: '1', Arn: 'arn:aws:kinesis:us-east-1:000000000000:stream/s' }];
    await expect(call('PutTargets', { Rule: 'r', Targets })).rejects.toThrow(
      'the target arn:aws:kinesis:us-east-1:000000000000:stream/s is not offered here',
    );
    await expect(call('PutTargets', { Rule: 'none', Targets })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
