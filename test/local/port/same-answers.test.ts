// The same commands, sent to equal worlds directly and through the SDK's whole pipeline over the port, get the same answers.

import { afterAll, describe, expect, it } from '@jest/globals';
import { openPort } from '../../../local/port/port.ts';
import { openWorld } from '../../../local/world.ts';

const closing: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

const QUEUE = { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/q' };
const ITEM = {
  id: { S: 'a' },
  n: { N: '12345678901234567890' },
  m: { M: { set: { NS: ['1', '2'] }, bytes: { B: Uint8Array.from([0, 255]) } } },
};
const roleArn = 'arn:aws:iam::000000000000:role/r';
const PASS = JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });
const machine = 'arn:aws:states:us-east-1:000000000000:stateMachine:m';

const COMMANDS: readonly (readonly [string, string, object])[] = [
  ['sqs', 'CreateQueue', { QueueName: 'q', Attributes: { VisibilityTimeout: '7' } }],
  [
    'sqs',
    'SendMessage',
    { ...QUEUE, MessageBody: 'ünïcode \u{1F600}', MessageAttributes: { a: { DataType: 'Number', StringValue: '1' } } },
  ],
  [
    'sqs',
    'SendMessageBatch',
    {
      ...QUEUE,
      Entries: [
        { Id: '1', MessageBody: 'x' },
        { Id: '2', MessageBody: '\u0000' },
      ],
    },
  ],
  [
    'sqs',
    'ReceiveMessage',
    { ...QUEUE, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] },
  ],
  ['sqs', 'GetQueueAttributes', { ...QUEUE, AttributeNames: ['All'] }],
  ['sqs', 'DeleteMessage', { ...QUEUE, ReceiptHandle: 'nonsense' }],
  ['sqs', 'PurgeQueue', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/none' }],
  [
    'dynamodb',
    'CreateTable',
    {
      TableName: 'table',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    },
  ],
  ['dynamodb', 'PutItem', { TableName: 'table', Item: ITEM }],
  ['dynamodb', 'GetItem', { TableName: 'table', Key: { id: { S: 'a' } } }],
  ['dynamodb', 'GetItem', { TableName: 'table', Key: { id: { S: 'none' } } }],
  [
    'dynamodb',
    'PutItem',
    {
      TableName: 'table',
      Item: ITEM,
      ConditionExpression: 'attribute_not_exists(id)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  ],
  [
    'dynamodb',
    'TransactWriteItems',
    {
      TransactItems: [
        { Delete: { TableName: 'table', Key: { id: { S: 'a' } }, ConditionExpression: 'attribute_exists(nope)' } },
      ],
    },
  ],
  [
    'dynamodb',
    'Query',
    { TableName: 'table', KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { S: 'a' } } },
  ],
  ['dynamodb', 'GetItem', { TableName: 'none', Key: { id: { S: 'a' } } }],
  ['s3', 'CreateBucket', { Bucket: 'bucket' }],
  [
    's3',
    'PutObject',
    { Bucket: 'bucket', Key: 'a/ü b', Body: 'text', ContentType: 'text/plain', Metadata: { x: 'y' } },
  ],
  ['s3', 'HeadObject', { Bucket: 'bucket', Key: 'a/ü b' }],
  ['s3', 'ListObjectsV2', { Bucket: 'bucket', Prefix: 'a/' }],
  ['s3', 'GetObject', { Bucket: 'bucket', Key: 'none' }],
  ['s3', 'DeleteObject', { Bucket: 'bucket', Key: 'a/ü b' }],
  ['eventbridge', 'PutRule', { Name: 'r', EventPattern: '{"source":["a"]}' }],
  ['eventbridge', 'PutRule', { Name: 'r', EventPattern: '{"source":"a"}' }],
  ['eventbridge', 'DescribeRule', { Name: 'r' }],
  ['eventbridge', 'PutEvents', { Entries: [{ Source: 'a', DetailType: 'b', Detail: '{}' }, { Source: 'a' }] }],
  [
    'scheduler',
    'CreateSchedule',
    {
      Name: 's',
      ScheduleExpression: 'rate(1 hour)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: 'arn:aws:sqs:us-east-1:000000000000:q', RoleArn: roleArn },
      EndDate: new Date(Date.UTC(2030, 0, 1)),
    },
  ],
  ['scheduler', 'GetSchedule', { Name: 's' }],
  ['scheduler', 'GetSchedule', { Name: 'none' }],
  ['sfn', 'CreateStateMachine', { name: 'm', definition: PASS, roleArn }],
  ['sfn', 'CreateStateMachine', { name: 'bad', definition: '{}', roleArn }],
  ['sfn', 'StartExecution', { stateMachineArn: machine, name: 'e', input: '{"a":1}' }],
  ['sfn', 'DescribeExecution', { executionArn: machine.replace('stateMachine', 'execution').concat(':e') }],
  ['sfn', 'GetExecutionHistory', { executionArn: machine.replace('stateMachine', 'execution').concat(':e') }],
  ['sfn', 'SendTaskSuccess', { taskToken: 'none', output: '{}' }],
  ['lambda', 'ListFunctions', {}],
  ['lambda', 'Invoke', { FunctionName: 'none' }],
  ['lambda', 'ListLayers', {}],
];

const options = { clock: { kind: 'virtual', start: Date.UTC(2026, 0, 1) }, seed: 3 } as const;
const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };

/** Sends them all with clients from `load`, and gives each answer or exception as plain data. */
async function answers(load: (name: string) => Promise<Record<string, never>>, config: object): Promise<unknown[]> {
  const given: unknown[] = [];
  for (const [name, operation, input] of COMMANDS) {
    const module = (await load(`@aws-sdk/client-${name}`)) as Record<
      string,
      new (
        input: object,
      ) => { send(command: object): Promise<object> }
    >;
    const clientName = Object.keys(module).find((key) => /^[A-Z]\w*Client$/.test(key)) as string;
    const client = new (module[clientName] as NonNullable<(typeof module)[string]>)({
      region: 'us-east-1',
      credentials,
      maxAttempts: 1,
      ...config,
    });
    const command = new (module[`${operation}Command`] as NonNullable<(typeof module)[string]>)(input);
    given.push(
      await client.send(command).then(plain, (error: Error) => ({
        thrown: error.constructor.name,
        ...plain(error),
        name: error.name,
        message: error.message,
      })),
    );
  }
  return given;
}

/** Without what differs by nature: metadata, transport, and members that are not there. */
function plain(value: object): Record<string, unknown> {
  const { $metadata: _, $response: __, Body: ___, ...rest } = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(rest).filter(
      ([name, member]) =>
        member !== undefined &&
        !/^(Error|Code|message|RequestId|Message|__type|Type|extendedRequestId|cfId)$/.test(name),
    ),
  );
}

describe('a command', () => {
  it('is answered alike directly and over the port', async () => {
    const direct = await openWorld(options);
    closing.push(direct.close);
    const wired = await openWorld(options);
    closing.push(wired.close);
    const port = await openPort(wired);
    closing.push(port.close);
    const fast = await answers(async (name) => direct.sdk(name), {});
    const slow = await answers((name) => import(name), { endpoint: port.url });
    COMMANDS.forEach(([service, operation, input], index) => {
      expect([service, operation, input, slow[index]]).toEqual([service, operation, input, fast[index]]);
    });
    expect(fast.filter((answer) => 'thrown' in (answer as object)).length).toBeGreaterThan(10);
  });
});
