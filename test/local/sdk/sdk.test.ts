import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { testWorld } from '../lambda/lambda-world.ts';

async function withTable() {
  const test = await testWorld();
  const { world } = test;
  const { DynamoDBClient, CreateTableCommand } = world.sdk('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient({});
  await client.send(
    new CreateTableCommand({
      TableName: 'table',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  const lib = world.sdk('@aws-sdk/lib-dynamodb');
  const documents = lib.DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return { ...test, client, lib, documents };
}

describe('a client', () => {
  it('is of the SDK’s class, and answers as the SDK does', async () => {
    const { world } = await testWorld();
    const { SQSClient, CreateQueueCommand } = world.sdk('@aws-sdk/client-sqs');
    const client = new SQSClient({ region: 'eu-west-1' });
    expect(client).toBeInstanceOf(SQSClient);
    expect(await client.config.region()).toBe('eu-west-1');
    const answer = await client.send(new CreateQueueCommand({ QueueName: 'q' }));
    expect(answer).toEqual({
      $metadata: {
        httpStatusCode: 200,
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        attempts: 1,
        totalRetryDelay: 0,
      },
      QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/q',
    });
    client.destroy();
  });

  it('works with methods, with callbacks, and subclassed', async () => {
    const { world } = await testWorld();
    const { SQS, SQSClient, ListQueuesCommand } = world.sdk('@aws-sdk/client-sqs');
    const sqs = new SQS({});
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'q' });
    const listed = await new Promise((resolve, reject) => {
      new SQSClient({}).send(new ListQueuesCommand({}), (error: unknown, output: unknown) =>
        error ? reject(error) : resolve(output),
      );
    });
    expect(listed).toMatchObject({ QueueUrls: [QueueUrl] });
    class Own extends (SQSClient as new (
      config: object,
    ) => { send(command: object): Promise<{ QueueUrls: string[] }> }) {
      mine = 1;
    }
    const own = new Own({});
    expect([own.mine, (await own.send(new ListQueuesCommand({}))).QueueUrls]).toEqual([1, [QueueUrl]]);
  });

  it('rejects with the SDK’s exceptions', async () => {
    const { world } = await testWorld();
    const { SQSClient, PurgeQueueCommand, QueueDoesNotExist, SQSServiceException } = world.sdk('@aws-sdk/client-sqs');
    const failure = await new SQSClient({})
      .send(new PurgeQueueCommand({ QueueUrl: 'none' }))
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(QueueDoesNotExist);
    expect(failure).toBeInstanceOf(SQSServiceException);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).toMatchObject({
      name: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    });
    const { LambdaClient, ListLayersCommand, LambdaServiceException } = world.sdk('@aws-sdk/client-lambda');
    const unknown = await new LambdaClient({}).send(new ListLayersCommand({})).catch((error: unknown) => error);
    expect(unknown).toBeInstanceOf(LambdaServiceException);
    expect(unknown).toMatchObject({
      name: 'UnknownOperationException',
      message: 'Lambda.ListLayers is not offered here',
    });
  });

  it('can be aborted', async () => {
    const { world, settled } = await testWorld();
    await world.call('SQS', 'CreateQueue', { QueueName: 'q' });
    const { SQSClient, ReceiveMessageCommand } = world.sdk('@aws-sdk/client-sqs');
    const controller = new AbortController();
    const command = new ReceiveMessageCommand({ QueueUrl: 'q', WaitTimeSeconds: 20 });
    const polling = new SQSClient({}).send(command, { abortSignal: controller.signal });
    world.fabric.timers.set(world.fabric.clock.now() + 1000, () => controller.abort());
    await expect(settled(polling)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('refuses what is no command', async () => {
    const { world } = await testWorld();
    const { SQSClient } = world.sdk('@aws-sdk/client-sqs');
    await expect(new SQSClient({}).send({ input: {} })).rejects.toThrow('send() needs a command of the AWS SDK');
  });
});

describe('the document client', () => {
  it('takes and gives plain values', async () => {
    const { documents, lib, client } = await withTable();
    const item = {
      pk: 'a',
      sk: 1,
      list: [1, 'two', { three: null }],
      set: new Set(['x', 'y']),
      bytes: Uint8Array.from([1, 2]),
      gone: undefined,
    };
    await documents.send(new lib.PutCommand({ TableName: 'table', Item: item }));
    const { Item } = await documents.send(new lib.GetCommand({ TableName: 'table', Key: { pk: 'a', sk: 1 } }));
    expect(Item).toEqual({
      pk: 'a',
      sk: 1,
      list: [1, 'two', { three: null }],
      set: new Set(['x', 'y']),
      bytes: Uint8Array.from([1, 2]),
    });
    const { Attributes } = await documents.send(
      new lib.UpdateCommand({
        TableName: 'table',
        Key: { pk: 'a', sk: 1 },
        UpdateExpression: 'SET n = if_not_exists(n, :zero) + :one REMOVE #list',
        ExpressionAttributeNames: { '#list': 'list' },
        ExpressionAttributeValues: { ':zero': 0, ':one': 1 },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    expect(Attributes).toEqual({ n: 1 });
    const { PutCommand } = lib;
    await expect(
      lib.DynamoDBDocumentClient.from(client).send(
        new PutCommand({ TableName: 'table', Item: { pk: 'b', sk: 1, map: { no: undefined } } }),
      ),
    ).rejects.toThrow('removeUndefinedValues');
    await client.send(new PutCommand({ TableName: 'table', Item: { pk: 'plain', sk: 1 } }));
  });

  it('queries, pages, reads and writes in batches and transactions', async () => {
    const { documents, lib } = await withTable();
    const items = Array.from({ length: 7 }, (_, sk) => ({ pk: 'a', sk, n: sk * 2 }));
    await documents.send(
      new lib.BatchWriteCommand({
        RequestItems: { table: items.slice(0, 5).map((Item) => ({ PutRequest: { Item } })) },
      }),
    );
    await documents.send(
      new lib.TransactWriteCommand({
        TransactItems: [
          { Put: { TableName: 'table', Item: items[5], ConditionExpression: 'attribute_not_exists(pk)' } },
          { Put: { TableName: 'table', Item: items[6] } },
          {
            ConditionCheck: {
              TableName: 'table',
              Key: { pk: 'a', sk: 0 },
              ConditionExpression: 'n = :n',
              ExpressionAttributeValues: { ':n': 0 },
            },
          },
        ],
      }),
    );
    const query = {
      TableName: 'table',
      KeyConditionExpression: 'pk = :pk AND sk > :sk',
      ExpressionAttributeValues: { ':pk': 'a', ':sk': 1 },
      Limit: 2,
    };
    const first = await documents.send(new lib.QueryCommand(query));
    expect(first).toMatchObject({ Items: items.slice(2, 4), LastEvaluatedKey: { pk: 'a', sk: 3 } });
    const paged: unknown[] = [];
    for await (const page of lib.paginateQuery({ client: documents, pageSize: 2 }, query))
      paged.push(...(page.Items ?? []));
    expect(paged).toEqual(items.slice(2));
    const { Responses } = await documents.send(
      new lib.BatchGetCommand({ RequestItems: { table: { Keys: [{ pk: 'a', sk: 6 }] } } }),
    );
    expect(Responses).toEqual({ table: [items[6]] });
    const got = await documents.send(
      new lib.TransactGetCommand({ TransactItems: [{ Get: { TableName: 'table', Key: { pk: 'a', sk: 5 } } }] }),
    );
    expect(got.Responses).toEqual([{ Item: items[5] }]);
  });

  it('rejects with DynamoDB’s exceptions and their members', async () => {
    const { world, documents, lib } = await withTable();
    const { ConditionalCheckFailedException, TransactionCanceledException } = world.sdk('@aws-sdk/client-dynamodb');
    const put = { TableName: 'table', Item: { pk: 'a', sk: 1 }, ConditionExpression: 'attribute_exists(pk)' };
    const failure = await documents.send(new lib.PutCommand(put)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConditionalCheckFailedException);
    const cancelled = await documents
      .send(new lib.TransactWriteCommand({ TransactItems: [{ Put: put }] }))
      .catch((error: unknown) => error);
    expect(cancelled).toBeInstanceOf(TransactionCanceledException);
    expect((cancelled as { CancellationReasons: unknown }).CancellationReasons).toMatchObject([
      { Code: 'ConditionalCheckFailed' },
    ]);
  });

  it('has methods too', async () => {
    const { client, lib } = await withTable();
    const documents = lib.DynamoDBDocument.from(client);
    await documents.put({ TableName: 'table', Item: { pk: 'm', sk: 1 } });
    expect((await documents.get({ TableName: 'table', Key: { pk: 'm', sk: 1 } })).Item).toEqual({ pk: 'm', sk: 1 });
  });
});

describe('bodies', () => {
  it('of S3 go in as text, bytes or streams and come out with the SDK’s helpers', async () => {
    const { world, settled } = await testWorld();
    const { S3Client, CreateBucketCommand, PutObjectCommand, GetObjectCommand } = world.sdk('@aws-sdk/client-s3');
    const client = new S3Client({});
    await client.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    const get = async () => (await client.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'k' }))).Body;
    for (const Body of ['grüße', Buffer.from('grüße'), Readable.from(['grü', 'ße'])]) {
      await settled(client.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'k', Body })));
      expect(await (await get()).transformToString()).toBe('grüße');
    }
    expect(Buffer.from(await (await get()).transformToByteArray()).toString()).toBe('grüße');
    const parts: Uint8Array[] = [];
    for await (const part of await get()) parts.push(part);
    expect(Buffer.concat(parts).toString()).toBe('grüße');
  });

  it('that are streams hold virtual time until they are read', async () => {
    const { world, settled } = await testWorld();
    const { S3Client, CreateBucketCommand, PutObjectCommand } = world.sdk('@aws-sdk/client-s3');
    const client = new S3Client({});
    await client.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    const { clock, timers } = world.fabric;
    const start = clock.now();
    timers.set(start + 1000, () => {});
    async function* slowly() {
      yield 'a';
      await new Promise((resolve) => setTimeout(resolve, 30));
      yield 'b';
    }
    await settled(client.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'k', Body: Readable.from(slowly()) })));
    expect(clock.now()).toBe(start);
  });

  it('of Lambda are bytes with transformToString', async () => {
    const { world, make, settled } = await testWorld();
    await make('f', 'exports.handler = async (event) => event;');
    const { LambdaClient, InvokeCommand } = world.sdk('@aws-sdk/client-lambda');
    const { Payload } = await settled<{ Payload: { transformToString(): string } }>(
      new LambdaClient({}).send(new InvokeCommand({ FunctionName: 'f', Payload: Buffer.from('{"a":1}') })),
    );
    expect(Payload).toBeInstanceOf(Uint8Array);
    expect(Payload.transformToString()).toBe('{"a":1}');
  });
});
