// A mixed workload over the services of a world: a queue feeds a function that writes items; the table's stream feeds another that puts
// events; a rule sends them to a second queue, whose function counts them in a second table. Code and resources, no assertions.

import type { World } from '../../../local/world.ts';

export const CODE = `
const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
const { DynamoDBDocumentClient, PutCommand } = require('@aws-sdk/lib-dynamodb');
const { EventBridgeClient, PutEventsCommand } = require('@aws-sdk/client-eventbridge');
const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const bus = new EventBridgeClient({});
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
exports.work = async ({ Records }) => {
  for (const { body, attributes } of Records) {
    if (Math.random() < 0.1 && Number(attributes.ApproximateReceiveCount) === 1) throw new Error('unlucky');
    await sleep(Math.floor(Math.random() * 20));
    await table.send(new PutCommand({ TableName: 'done', Item: { id: body, by: crypto.randomUUID(), at: Date.now() } }));
  }
};
exports.tell = async ({ Records }) => {
  const ids = Records.map(({ dynamodb }) => dynamodb.Keys.id.S);
  for (const id of ids) {
    await bus.send(new PutEventsCommand({ Entries: [{ Source: 'test', DetailType: 'done', Detail: JSON.stringify({ id }) }] }));
  }
};
exports.count = async ({ Records }) => {
  for (const { body } of Records) await table.send(new PutCommand({ TableName: 'counted', Item: { id: JSON.parse(body).detail.id } }));
};
`;

const ARN = 'us-east-1:000000000000';

/**
 * Makes the resources and sends the messages, once: a second call finds them. `folder` holds CODE as index.js.
 * All calls are made in one go, so they share a commit: a process that is killed leaves all of it or nothing.
 */
export async function begin(world: World, folder: string, messages: number): Promise<void> {
  const { QueueUrls } = await world.call('SQS', 'ListQueues', {});
  if (QueueUrls.length > 0) return;
  const calls: Promise<unknown>[] = [];
  const call = (service: string, operation: string, input: object) => calls.push(world.call(service, operation, input));
  for (const TableName of ['done', 'counted']) {
    call('DynamoDB', 'CreateTable', {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    });
  }
  for (const member of ['work', 'tell', 'count']) {
    const Code = { LocalPath: folder };
    call('Lambda', 'CreateFunction', { FunctionName: member, Handler: `index.${member}`, Timeout: 10, Code });
  }
  call('SQS', 'CreateQueue', { QueueName: 'first', Attributes: { VisibilityTimeout: '2' } });
  call('SQS', 'CreateQueue', { QueueName: 'second', Attributes: { VisibilityTimeout: '20' } });
  call('EventBridge', 'PutRule', { Name: 'done', EventPattern: JSON.stringify({ source: ['test'] }) });
  call('EventBridge', 'PutTargets', { Rule: 'done', Targets: [{ Id: '1', Arn: `arn:aws:sqs:${ARN}:second` }] });
  call('Lambda', 'CreateEventSourceMapping', {
    FunctionName: 'tell',
    EventSourceArn: `arn:aws:dynamodb:${ARN}:table/done/stream/local`,
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 7,
  });
  for (const [FunctionName, queue, MaximumConcurrency] of [
    ['work', 'first', 8],
    ['count', 'second', 4],
  ] as const) {
    const EventSourceArn = `arn:aws:sqs:${ARN}:${queue}`;
    call('Lambda', 'CreateEventSourceMapping', {
      FunctionName,
      EventSourceArn,
      BatchSize: 3,
      ScalingConfig: { MaximumConcurrency },
    });
  }
  for (let n = 0; n < messages; n++) {
    call('SQS', 'SendMessage', { QueueUrl: 'first', MessageBody: String(n).padStart(4, '0') });
  }
  await Promise.all(calls);
}

/** How many items a table has. */
export function countOf(world: World, TableName: string): Promise<number> {
  return world.call('DynamoDB', 'Scan', { TableName, Select: 'COUNT' }).then(({ Count }) => Count as number);
}
