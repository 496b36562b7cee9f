import { request as httpRequest } from 'node:http';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as eventbridge from '@aws-sdk/client-eventbridge';
import * as lambda from '@aws-sdk/client-lambda';
import * as s3 from '@aws-sdk/client-s3';
import * as scheduler from '@aws-sdk/client-scheduler';
import * as sfn from '@aws-sdk/client-sfn';
import * as sqs from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPort, type Port } from '../../../local/port/port.ts';
import { openWorld, type World } from '../../../local/world.ts';
import { codeFolder } from '../lambda/code-folder.ts';

let world: World;
let port: Port;
let config: {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  maxAttempts: number;
};

beforeAll(async () => {
  world = await openWorld({ clock: { kind: 'real' } });
  port = await openPort(world);
  config = {
    endpoint: port.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  };
});

afterAll(async () => {
  await port.close();
  await world.close();
});

/** A request without the SDK. */
function raw(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<{ status: number; body: string; headers: object }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(port.url + path, { method, headers }, (response) => {
      let text = '';
      response.on('data', (part) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

describe('an unmodified SDK client on the port', () => {
  it('of SQS sends and receives, and gets its exceptions', async () => {
    const client = new sqs.SQSClient(config);
    const { QueueUrl } = await client.send(new sqs.CreateQueueCommand({ QueueName: 'q' }));
    const MessageAttributes = { bytes: { DataType: 'Binary', BinaryValue: Uint8Array.from([1, 2]) } };
    await client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'grüße', MessageAttributes }));
    const receive = new sqs.ReceiveMessageCommand({
      QueueUrl,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    });
    const { Messages } = await client.send(receive);
    expect(Messages).toMatchObject([
      { Body: 'grüße', MessageAttributes, Attributes: { ApproximateReceiveCount: '1' } },
    ]);
    const failure = await client.send(new sqs.PurgeQueueCommand({ QueueUrl: 'none' })).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(sqs.QueueDoesNotExist);
  });

  it('of DynamoDB writes and reads, and gets the members of its exceptions', async () => {
    const client = new dynamodb.DynamoDBClient(config);
    await client.send(
      new dynamodb.CreateTableCommand({
        TableName: 'table',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );
    const Item = {
      id: { S: 'a' },
      n: { N: '1.5' },
      b: { B: Uint8Array.from([7]) },
      l: { L: [{ NULL: true }, { BOOL: false }] },
    };
    await client.send(new dynamodb.PutItemCommand({ TableName: 'table', Item }));
    const got = await client.send(new dynamodb.GetItemCommand({ TableName: 'table', Key: { id: { S: 'a' } } }));
    expect(got.Item).toEqual(Item);
    const Put = { TableName: 'table', Item, ConditionExpression: 'attribute_not_exists(id)' };
    const failure = await client
      .send(new dynamodb.TransactWriteItemsCommand({ TransactItems: [{ Put }] }))
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(dynamodb.TransactionCanceledException);
    expect((failure as dynamodb.TransactionCanceledException).CancellationReasons).toMatchObject([
      { Code: 'ConditionalCheckFailed' },
    ]);
  });

  it('of S3 puts, gets, lists, copies and deletes objects', async () => {
    const client = new s3.S3Client(config);
    await client.send(new s3.CreateBucketCommand({ Bucket: 'bucket' }));
    const key = 'a/b c/ü+&.txt';
    await client.send(
      new s3.PutObjectCommand({
        Bucket: 'bucket',
        Key: key,
        Body: 'grüße',
        ContentType: 'text/plain',
        Metadata: { own: 'x' },
      }),
    );
    const got = await client.send(new s3.GetObjectCommand({ Bucket: 'bucket', Key: key }));
    expect(await got.Body?.transformToString()).toBe('grüße');
    expect(got).toMatchObject({ ContentType: 'text/plain', Metadata: { own: 'x' }, ContentLength: 7 });
    expect(await client.send(new s3.HeadObjectCommand({ Bucket: 'bucket', Key: key }))).toMatchObject({
      ContentLength: 7,
      ETag: got.ETag,
    });
    await client.send(
      new s3.CopyObjectCommand({
        Bucket: 'bucket',
        Key: 'copy',
        CopySource: encodeURI(`bucket/${key}`).replaceAll('+', '%2B'),
      }),
    );
    const listed = await client.send(new s3.ListObjectsV2Command({ Bucket: 'bucket', Delimiter: '/' }));
    expect(listed).toMatchObject({ Contents: [{ Key: 'copy', Size: 7 }], CommonPrefixes: [{ Prefix: 'a/' }] });
    expect((await client.send(new s3.ListBucketsCommand({}))).Buckets).toMatchObject([{ Name: 'bucket' }]);
    await client.send(new s3.DeleteObjectCommand({ Bucket: 'bucket', Key: 'copy' }));
    const gone = await client
      .send(new s3.GetObjectCommand({ Bucket: 'bucket', Key: 'copy' }))
      .catch((error: unknown) => error);
    expect(gone).toBeInstanceOf(s3.NoSuchKey);
    await expect(client.send(new s3.HeadObjectCommand({ Bucket: 'bucket', Key: 'copy' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  it('of S3 gets what looks like a path of another service', async () => {
    const client = new s3.S3Client(config);
    const place = { Bucket: '2015-03-31', Key: 'functions' };
    await client.send(new s3.CreateBucketCommand({ Bucket: place.Bucket }));
    await client.send(new s3.PutObjectCommand({ ...place, Body: 'mine' }));
    expect(await (await client.send(new s3.GetObjectCommand(place))).Body?.transformToString()).toBe('mine');
    await client.send(new s3.DeleteObjectCommand(place));
    await client.send(new s3.DeleteBucketCommand({ Bucket: place.Bucket }));
  });

  it('of Lambda invokes, also when the function fails', async () => {
    const code =
      "exports.handler = async (event) => { if (event.fail) throw new RangeError('told to'); return event; };";
    await world.call('Lambda', 'CreateFunction', { FunctionName: 'f', Code: { LocalPath: codeFolder(code) } });
    const client = new lambda.LambdaClient(config);
    const fine = await client.send(new lambda.InvokeCommand({ FunctionName: 'f', Payload: '{"a":"ü"}' }));
    expect([fine.StatusCode, fine.FunctionError, fine.Payload?.transformToString()]).toEqual([
      200,
      undefined,
      '{"a":"ü"}',
    ]);
    const failed = await client.send(new lambda.InvokeCommand({ FunctionName: 'f', Payload: '{"fail":true}' }));
    expect([failed.FunctionError, JSON.parse(failed.Payload?.transformToString() ?? '').errorType]).toEqual([
      'Unhandled',
      'RangeError',
    ]);
    const accepted = await client.send(new lambda.InvokeCommand({ FunctionName: 'f', InvocationType: 'Event' }));
    expect(accepted.StatusCode).toBe(202);
    const { Functions } = await client.send(new lambda.ListFunctionsCommand({}));
    expect(Functions).toMatchObject([{ FunctionName: 'f', Timeout: 3 }]);
    await expect(client.send(new lambda.GetFunctionCommand({ FunctionName: 'none' }))).rejects.toBeInstanceOf(
      lambda.ResourceNotFoundException,
    );
  });

  it('of Step Functions runs a machine', async () => {
    const client = new sfn.SFNClient(config);
    const definition = JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', Result: { b: 2 }, End: true } } });
    const roleArn = 'arn:aws:iam::000000000000:role/r';
    const { stateMachineArn } = await client.send(
      new sfn.CreateStateMachineCommand({ name: 'm', definition, roleArn }),
    );
    const { executionArn, startDate } = await client.send(
      new sfn.StartExecutionCommand({ stateMachineArn, input: '{"a":1}' }),
    );
    expect(startDate).toBeInstanceOf(Date);
    const describeIt = () => client.send(new sfn.DescribeExecutionCommand({ executionArn }));
    let described = await describeIt();
    while (described.status === 'RUNNING') described = await describeIt();
    expect(described).toMatchObject({ status: 'SUCCEEDED', output: '{"b":2}' });
    const { events } = await client.send(new sfn.GetExecutionHistoryCommand({ executionArn }));
    expect(events?.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
    const unknown = client.send(new sfn.DescribeExecutionCommand({ executionArn: `${executionArn}x` }));
    await expect(unknown).rejects.toBeInstanceOf(sfn.ExecutionDoesNotExist);
  });

  it('of EventBridge and Scheduler reaches them', async () => {
    const events = new eventbridge.EventBridgeClient(config);
    await events.send(new eventbridge.PutRuleCommand({ Name: 'r', EventPattern: '{"source":["a"]}' }));
    expect((await events.send(new eventbridge.ListRulesCommand({}))).Rules).toMatchObject([
      { Name: 'r', State: 'ENABLED' },
    ]);
    const Entries = [{ Source: 'a', DetailType: 'b', Detail: '{}', Time: new Date(0) }];
    expect(await events.send(new eventbridge.PutEventsCommand({ Entries }))).toMatchObject({ FailedEntryCount: 0 });
    const client = new scheduler.SchedulerClient(config);
    const Target = { Arn: 'arn:aws:sqs:us-east-1:000000000000:q', RoleArn: 'arn:aws:iam::000000000000:role/r' };
    const EndDate = new Date(Date.UTC(2100, 0, 1));
    const schedule = {
      Name: 's',
      ScheduleExpression: 'rate(1 hour)',
      FlexibleTimeWindow: { Mode: 'OFF' as const },
      Target,
      EndDate,
    };
    await client.send(new scheduler.CreateScheduleCommand(schedule));
    expect(await client.send(new scheduler.GetScheduleCommand({ Name: 's' }))).toMatchObject({
      Name: 's',
      Target,
      EndDate,
    });
    await expect(client.send(new scheduler.CreateScheduleCommand(schedule))).rejects.toBeInstanceOf(
      scheduler.ConflictException,
    );
    await client.send(new scheduler.DeleteScheduleCommand({ Name: 's' }));
  });

  it('is told what is not offered', async () => {
    const failure = new lambda.LambdaClient(config).send(new lambda.ListLayersCommand({}));
    await expect(failure).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'Lambda.ListLayers is not offered here',
    });
  });
});

describe('a request that is none', () => {
  it.each([
    ['POST', '/', { 'x-amz-target': 'Kinesis_20131202.ListStreams' }, '{}', 400, 'UnknownOperationException'],
    ['POST', '/', { 'x-amz-target': 'AmazonSQS.ListQueues' }, '{', 400, 'SerializationException'],
    ['PATCH', '/nothing', {}, '', 404, 'UnknownOperationException'],
    ['PUT', '/bucket/k', { 'content-encoding': 'aws-chunked' }, 'zz\r\n', 400, 'SerializationException'],
  ])('%s %s is answered with an error, not with silence', async (method, path, headers, body, status, name) => {
    const reply = await raw(method, path, headers as Record<string, string>, body);
    expect(reply.status).toBe(status);
    expect(reply.body).toContain(name);
  });

  it('does not reach the port from outside this machine', () => {
    expect(port.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});
