import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openWorld } from '../../../local/world.ts';
import { emptyFolder } from '../lambda/code-folder.ts';
import { START, testWorld } from '../lambda/lambda-world.ts';

interface Received {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly Attributes: Record<string, string>;
}

async function setUp(Attributes: Record<string, string> = {}) {
  const test = await testWorld();
  const { world, pass } = test;
  const { QueueUrl } = await world.call('SQS', 'CreateQueue', { QueueName: 'q', Attributes });
  const call = (operation: string, input: object = {}) => world.call('SQS', operation, { QueueUrl, ...input });
  const receive = async (input: object = {}): Promise<Received[]> =>
    (
      await test.settled(
        call('ReceiveMessage', { MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], ...input }),
      )
    ).Messages ?? [];
  const counts = async () => {
    const { Attributes: all } = await call('GetQueueAttributes', { AttributeNames: ['All'] });
    return ['', 'NotVisible', 'Delayed'].map((kind) => Number(all[`ApproximateNumberOfMessages${kind}`]));
  };
  return { ...test, call, receive, pass, counts, QueueUrl };
}

describe('a message', () => {
  it('is hidden while it is in flight, comes back after the visibility timeout, and is gone when deleted', async () => {
    const { call, receive, pass, counts } = await setUp({ VisibilityTimeout: '10' });
    await call('SendMessage', { MessageBody: 'a' });
    const [first] = await receive();
    expect(first?.Attributes).toMatchObject({
      ApproximateReceiveCount: '1',
      SentTimestamp: String(START),
      ApproximateFirstReceiveTimestamp: String(START),
    });
    expect(await receive()).toEqual([]);
    expect(await counts()).toEqual([0, 1, 0]);
    await pass(9.999);
    expect(await receive()).toEqual([]);
    await pass(0.001);
    const [second] = await receive();
    expect(second?.MessageId).toBe(first?.MessageId);
    expect(second?.Attributes.ApproximateReceiveCount).toBe('2');
    expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
    await call('DeleteMessage', { ReceiptHandle: second?.ReceiptHandle });
    await pass(60);
    expect(await receive()).toEqual([]);
    expect(await counts()).toEqual([0, 0, 0]);
  });

  it('is not deleted by the receipt of an earlier receive', async () => {
    const { call, receive, pass } = await setUp({ VisibilityTimeout: '1' });
    await call('SendMessage', { MessageBody: 'a' });
    const [first] = await receive();
    await pass(1);
    await receive();
    await call('DeleteMessage', { ReceiptHandle: first?.ReceiptHandle });
    await pass(1);
    expect(await receive()).toHaveLength(1);
  });

  it('may be sent with a delay, its own or the queue’s', async () => {
    const { call, receive, pass, counts } = await setUp({ DelaySeconds: '5' });
    await call('SendMessage', { MessageBody: 'queue' });
    await call('SendMessage', { MessageBody: 'own', DelaySeconds: 2 });
    expect(await counts()).toEqual([0, 0, 2]);
    await pass(2);
    expect((await receive()).map(({ Body }) => Body)).toEqual(['own']);
    await pass(3);
    expect((await receive()).map(({ Body }) => Body)).toEqual(['queue']);
  });

  it('can be kept longer, or given back at once', async () => {
    const { call, receive, pass } = await setUp({ VisibilityTimeout: '10' });
    await call('SendMessage', { MessageBody: 'a' });
    const [held] = await receive();
    await pass(9);
    await call('ChangeMessageVisibility', { ReceiptHandle: held?.ReceiptHandle, VisibilityTimeout: 30 });
    await pass(20);
    expect(await receive()).toEqual([]);
    await call('ChangeMessageVisibility', { ReceiptHandle: held?.ReceiptHandle, VisibilityTimeout: 0 });
    expect(await receive()).toHaveLength(1);
  });

  it('moves to the dead-letter queue at the receive after the last allowed one', async () => {
    const { world, call, receive, pass } = await setUp();
    await world.call('SQS', 'CreateQueue', { QueueName: 'dead' });
    const deadLetterTargetArn = 'arn:aws:sqs:us-east-1:000000000000:dead';
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 });
    await call('SetQueueAttributes', { Attributes: { RedrivePolicy, VisibilityTimeout: '1' } });
    const { MessageId } = await call('SendMessage', { MessageBody: 'a' });
    for (let i = 0; i < 2; i++) {
      expect(await receive()).toHaveLength(1);
      await pass(1);
    }
    expect(await receive({ QueueUrl: 'dead' })).toEqual([]);
    expect(await receive()).toEqual([]);
    const [buried] = await receive({ QueueUrl: 'dead' });
    expect(buried).toMatchObject({
      MessageId,
      Body: 'a',
      Attributes: { DeadLetterQueueSourceArn: 'arn:aws:sqs:us-east-1:000000000000:q' },
    });
    expect((await world.call('SQS', 'ListDeadLetterSourceQueues', { QueueUrl: 'dead' })).queueUrls).toHaveLength(1);
  });

  it('is dropped when its retention is over', async () => {
    const { call, receive, pass } = await setUp({ MessageRetentionPeriod: '60' });
    await call('SendMessage', { MessageBody: 'a' });
    await pass(60);
    expect(await receive()).toEqual([]);
  });

  it('carries attributes, which a receiver picks by name or prefix, with the digests of AWS', async () => {
    const { call, receive } = await setUp();
    const MessageAttributes = {
      'a.one': { DataType: 'String', StringValue: 'x' },
      'a.two': { DataType: 'Number', StringValue: '7' },
      b: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2]) },
    };
    const sent = await call('SendMessage', { MessageBody: 'héllo', MessageAttributes });
    expect(sent.MD5OfMessageBody).toBe(createHash('md5').update('héllo').digest('hex'));
    const pick = async (names: string[]) => {
      const [message] = (await receive({ MessageAttributeNames: names, VisibilityTimeout: 0 })) as unknown as Record<
        string,
        object
      >[];
      return message;
    };
    expect(Object.keys((await pick(['a.*']))?.MessageAttributes ?? {})).toEqual(['a.one', 'a.two']);
    expect(Object.keys((await pick(['b']))?.MessageAttributes ?? {})).toEqual(['b']);
    expect((await pick([]))?.MessageAttributes).toBeUndefined();
    expect((await pick(['All']))?.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
  });
});

describe('a long poll', () => {
  it('ends as soon as a message comes, or empty when its time is over', async () => {
    const { world, call, receive } = await setUp();
    expect(await receive({ WaitTimeSeconds: 20 })).toEqual([]);
    expect(world.fabric.clock.now()).toBe(START + 20_000);
    world.fabric.timers.set(
      START + 25_000,
      () => void world.fabric.call('SQS', 'SendMessage', { QueueUrl: 'q', MessageBody: 'late' }, {}),
    );
    expect((await receive({ WaitTimeSeconds: 20 })).map(({ Body }) => Body)).toEqual(['late']);
    expect(world.fabric.clock.now()).toBe(START + 25_000);
    await call('SendMessage', { MessageBody: 'delayed', DelaySeconds: 3 });
    expect(await receive({ WaitTimeSeconds: 20 })).toHaveLength(1);
    expect(world.fabric.clock.now()).toBe(START + 28_000);
    // Nobody waits any more, so nothing moves the clock to where a poll would have ended.
    await world.run(() => false);
    expect(world.fabric.clock.now()).toBe(START + 28_000);
  });

  it('gives one message to one of two who wait', async () => {
    const { call, settled } = await setUp();
    const both = [1, 2].map(() => call('ReceiveMessage', { WaitTimeSeconds: 2 }));
    await call('SendMessage', { MessageBody: 'only' });
    const answers = await settled(Promise.all(both));
    expect(answers.map(({ Messages }) => Messages?.length ?? 0).sort()).toEqual([0, 1]);
  });
});

describe('a batch', () => {
  it('answers each entry apart', async () => {
    const { call, receive } = await setUp();
    const result = await call('SendMessageBatch', {
      Entries: [
        { Id: 'good', MessageBody: 'a' },
        { Id: 'bad', MessageBody: 'b', DelaySeconds: 901 },
      ],
    });
    expect(result.Successful).toMatchObject([{ Id: 'good' }]);
    expect(result.Failed).toMatchObject([{ Id: 'bad', SenderFault: true, Code: 'InvalidParameterValue' }]);
    const [message] = await receive();
    const handles = [message?.ReceiptHandle, 'nonsense'].map((ReceiptHandle, n) => ({
      Id: String(n),
      ReceiptHandle,
      VisibilityTimeout: 0,
    }));
    expect(await call('ChangeMessageVisibilityBatch', { Entries: handles })).toMatchObject({
      Successful: [{ Id: '0' }],
      Failed: [{ Id: '1' }],
    });
    expect(await call('DeleteMessageBatch', { Entries: handles })).toMatchObject({
      Successful: [{ Id: '0' }],
      Failed: [{ Id: '1' }],
    });
  });

  it.each([
    [[], 'EmptyBatchRequest'],
    [Array.from({ length: 11 }, (_, n) => ({ Id: `i${n}`, MessageBody: 'a' })), 'TooManyEntriesInBatchRequest'],
    [
      [
        { Id: 'a', MessageBody: '1' },
        { Id: 'a', MessageBody: '2' },
      ],
      'BatchEntryIdsNotDistinct',
    ],
    [[{ Id: 'a b', MessageBody: '1' }], 'InvalidBatchEntryId'],
    [
      [
        { Id: 'a', MessageBody: 'x'.repeat(600_000) },
        { Id: 'b', MessageBody: 'x'.repeat(600_000) },
      ],
      'BatchRequestTooLong',
    ],
  ])('is refused as a whole when it is malformed', async (Entries, name) => {
    const { call } = await setUp();
    await expect(call('SendMessageBatch', { Entries })).rejects.toMatchObject({ name });
  });
});

describe('what SQS refuses', () => {
  it.each([
    ['SendMessage', { MessageBody: '' }, 'MissingParameter'],
    ['SendMessage', { MessageBody: 'x'.repeat(1_048_577) }, 'InvalidParameterValue'],
    ['SendMessage', { MessageBody: 'bell \u0007' }, 'InvalidMessageContents'],
    ['SendMessage', { QueueUrl: 'none', MessageBody: 'a' }, 'QueueDoesNotExist'],
    [
      'SendMessage',
      { MessageBody: 'a', MessageAttributes: { x: { DataType: 'Date', StringValue: '1' } } },
      'InvalidParameterValue',
    ],
    ['ReceiveMessage', { MaxNumberOfMessages: 11 }, 'InvalidParameterValue'],
    ['ReceiveMessage', { WaitTimeSeconds: 21 }, 'InvalidParameterValue'],
    ['DeleteMessage', { ReceiptHandle: 'nonsense' }, 'ReceiptHandleIsInvalid'],
    ['DeleteMessage', {}, 'MissingParameter'],
    [
      'ChangeMessageVisibility',
      { ReceiptHandle: Buffer.from('99:x').toString('base64'), VisibilityTimeout: 1 },
      'MessageNotInflight',
    ],
    ['CreateQueue', { QueueName: 'x.fifo' }, 'UnsupportedOperation'],
    ['CreateQueue', { QueueName: 'x', Attributes: { FifoQueue: 'true' } }, 'UnsupportedOperation'],
    ['CreateQueue', { QueueName: 'x', Attributes: { VisibilityTimeout: '43201' } }, 'InvalidAttributeValue'],
    ['CreateQueue', { QueueName: 'x', Attributes: { Nonsense: '1' } }, 'InvalidAttributeName'],
    ['CreateQueue', { QueueName: 'x y' }, 'InvalidParameterValue'],
    ['CreateQueue', { QueueName: 'q', Attributes: { VisibilityTimeout: '31' } }, 'QueueNameExists'],
    ['GetQueueUrl', { QueueName: 'none' }, 'QueueDoesNotExist'],
  ])('%s %j', async (operation, input, name) => {
    const { call } = await setUp();
    await expect(call(operation, input)).rejects.toMatchObject({ name });
  });

  it('creating a queue again as it is gives the same queue', async () => {
    const { world, QueueUrl } = await setUp({ VisibilityTimeout: '12' });
    const again = await world.call('SQS', 'CreateQueue', { QueueName: 'q', Attributes: { VisibilityTimeout: '12' } });
    expect(again.QueueUrl).toBe(QueueUrl);
  });
});

describe('a queue on a file', () => {
  it('shows at once, and uncounted, what a caller inside the dead process held; what an outside caller holds stays hidden', async () => {
    const file = join(emptyFolder(), 'world.sqlite');
    const options = { clock: { kind: 'virtual', start: START }, file } as const;
    const receive = { QueueUrl: 'q', MaxNumberOfMessages: 1, MessageSystemAttributeNames: ['All'] };
    const before = await openWorld(options);
    await before.call('SQS', 'CreateQueue', { QueueName: 'q' });
    for (const MessageBody of ['inside', 'outside'])
      await before.call('SQS', 'SendMessage', { QueueUrl: 'q', MessageBody });
    await before.call('SQS', 'ReceiveMessage', receive, { environment: 'event-source/1' });
    await before.call('SQS', 'ReceiveMessage', receive);
    await before.close();
    const after = await openWorld(options);
    const { Messages } = await after.call('SQS', 'ReceiveMessage', { ...receive, MaxNumberOfMessages: 10 });
    expect(Messages).toMatchObject([{ Body: 'inside', Attributes: { ApproximateReceiveCount: '1' } }]);
    await after.close();
  });
});
