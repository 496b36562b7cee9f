import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { WorldOptions } from '../../../local/world.ts';
import { emptyFolder } from './code-folder.ts';
import { START, type TestWorld, testWorld } from './lambda-world.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:q';
const STREAM = 'arn:aws:dynamodb:us-east-1:000000000000:table/table/stream/local';

/** Prints what it was given, and does what the bodies say. */
const ON_QUEUE = `
let at = 0, most = 0;
exports.handler = async ({ Records }) => {
  most = Math.max(most, ++at);
  console.log('batch ' + Records.map((r) => r.body).join(',') + ' ' + Records[0].attributes.ApproximateReceiveCount);
  const slow = Records.find((r) => r.body.startsWith('sleep'));
  if (slow) await new Promise((resolve) => setTimeout(resolve, Number(slow.body.slice(5)) * 1000));
  at--;
  if (Records.some((r) => r.body === 'throw')) throw new Error('told to');
  const failed = Records.filter((r) => r.body.startsWith('fail'));
  if (Records.some((r) => r.body === 'fail-oddly')) return { batchItemFailures: [{ itemIdentifier: 'no such message' }] };
  return { batchItemFailures: failed.map((r) => ({ itemIdentifier: r.messageId })) };
};`;

function batches({ log }: TestWorld): [number, string][] {
  return log
    .filter(({ text }) => typeof text === 'string' && text.startsWith('batch '))
    .map(({ at, text }) => [(Number(at) - START) / 1000, String(text).slice(6)]);
}

async function onQueue(mapping: object = {}, attributes: Record<string, string> = {}, more: object = {}) {
  const test = await testWorld();
  const { world, make } = test;
  await world.call('SQS', 'CreateQueue', { QueueName: 'q', Attributes: { VisibilityTimeout: '30', ...attributes } });
  await make('f', ON_QUEUE, { Timeout: 20, ...more });
  const { UUID } = await world.call('Lambda', 'CreateEventSourceMapping', {
    FunctionName: 'f',
    EventSourceArn: QUEUE,
    ...mapping,
  });
  const send = (...bodies: string[]) =>
    Promise.all(bodies.map((MessageBody) => world.call('SQS', 'SendMessage', { QueueUrl: 'q', MessageBody })));
  const left = async () => {
    const { Attributes } = await world.call('SQS', 'GetQueueAttributes', { QueueUrl: 'q', AttributeNames: ['All'] });
    return Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible);
  };
  return { ...test, send, left, UUID };
}

describe('a mapping on a queue', () => {
  it('hands over batches and deletes what succeeded', async () => {
    const test = await onQueue({ BatchSize: 2 });
    await test.send('a', 'b', 'c');
    await test.pass(1);
    expect(batches(test)).toEqual([
      [0, 'a,b 1'],
      [0, 'c 1'],
    ]);
    expect(await test.left()).toBe(0);
  });

  it('waits out its window for a fuller batch', async () => {
    const test = await onQueue({ BatchSize: 100, MaximumBatchingWindowInSeconds: 5 });
    await test.send(...Array.from({ length: 12 }, (_, n) => `m${n}`));
    await test.pass(3);
    await test.send('late');
    await test.pass(10);
    expect(batches(test)).toEqual([[5, `${Array.from({ length: 12 }, (_, n) => `m${n}`).join(',')},late 1`]]);
  });

  it('leaves a failed batch to the visibility timeout', async () => {
    const test = await onQueue({ BatchSize: 1 });
    await test.send('throw');
    await test.pass(61);
    expect(batches(test)).toEqual([
      [0, 'throw 1'],
      [30, 'throw 2'],
      [60, 'throw 3'],
    ]);
  });

  it('keeps only what was reported as failed, when reports are asked for', async () => {
    const asked = await onQueue({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    await asked.send('a', 'fail', 'b');
    await asked.pass(31);
    expect(batches(asked)).toEqual([
      [0, 'a,fail,b 1'],
      [30, 'fail 2'],
    ]);
    const notAsked = await onQueue({ BatchSize: 10 });
    await notAsked.send('a', 'fail', 'b');
    await notAsked.pass(31);
    expect(batches(notAsked)).toEqual([[0, 'a,fail,b 1']]);
  });

  it('takes a report it does not understand as the failure of all', async () => {
    const test = await onQueue({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    await test.send('a', 'fail-oddly');
    await test.pass(31);
    expect(batches(test)).toEqual([
      [0, 'a,fail-oddly 1'],
      [30, 'a,fail-oddly 2'],
    ]);
  });

  it('has no more batches in flight than its maximum concurrency', async () => {
    const test = await onQueue({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    await test.send('sleep5', 'sleep5', 'sleep5', 'sleep5', 'sleep5');
    await test.pass(20);
    expect(batches(test).map(([at]) => at)).toEqual([0, 0, 5, 5, 10]);
  });

  it('tries a throttled batch again, without receiving it again', async () => {
    const test = await onQueue({ BatchSize: 1 }, {}, { ReservedConcurrentExecutions: 1 });
    await test.send('sleep5', 'x');
    await test.pass(25);
    expect(batches(test)).toEqual([
      [0, 'sleep5 1'],
      [expect.any(Number), 'x 1'],
    ]);
    expect(batches(test)[1]?.[0]).toBeGreaterThanOrEqual(5);
    expect(batches(test)[1]?.[0]).toBeLessThan(10);
  });

  it('lets a throttled batch go when its visibility is over; the receive has counted', async () => {
    const test = await onQueue({ BatchSize: 1 }, { VisibilityTimeout: '20' }, { ReservedConcurrentExecutions: 0 });
    await test.send('x');
    await test.pass(30);
    expect(test.log.filter(({ kind }) => kind === 'throttled-batch')).toHaveLength(1);
    await test.world.call('Lambda', 'DeleteFunctionConcurrency', { FunctionName: 'f' });
    await test.pass(30);
    expect(batches(test).map(([, text]) => text)).toEqual(['x 2']);
  });

  it('passes by what its filters do not let through, and deletes it', async () => {
    const Filters = [{ Pattern: JSON.stringify({ body: { kind: ['wanted'] } }) }];
    const test = await onQueue({ BatchSize: 10, FilterCriteria: { Filters } });
    await test.send('{"kind":"wanted"}', '{"kind":"other"}', 'no json');
    await test.pass(60);
    expect(batches(test)).toEqual([[0, '{"kind":"wanted"} 1']]);
    expect(await test.left()).toBe(0);
  });

  it('can be disabled, enabled, and deleted', async () => {
    const test = await onQueue({ BatchSize: 1, Enabled: false });
    const { UUID } = test;
    await test.send('a');
    await test.pass(10);
    expect(batches(test)).toEqual([]);
    await test.world.call('Lambda', 'UpdateEventSourceMapping', { UUID, Enabled: true });
    await test.pass(10);
    expect(batches(test)).toEqual([[10, 'a 1']]);
    await test.world.call('Lambda', 'DeleteEventSourceMapping', { UUID });
    await test.send('b');
    await test.pass(60);
    expect(batches(test)).toHaveLength(1);
  });

  it('is made once for one function and one source', async () => {
    const { world } = await onQueue();
    const again = world.call('Lambda', 'CreateEventSourceMapping', { FunctionName: 'f', EventSourceArn: QUEUE });
    await expect(again).rejects.toMatchObject({ name: 'ResourceConflictException', status: 409 });
  });
});

const ON_STREAM = `
const seen = new Map();
exports.handler = async ({ Records }) => {
  const ids = Records.map((r) => r.dynamodb.NewImage.id.S);
  console.log('batch ' + ids.join(','));
  const bad = Records.find((r) => r.dynamodb.NewImage.id.S.startsWith('bad'));
  if (!bad) return;
  const times = (seen.get(bad.eventID) ?? 0) + 1;
  seen.set(bad.eventID, times);
  if (bad.dynamodb.NewImage.id.S === 'bad-once' && times > 1) return;
  if (bad.dynamodb.NewImage.id.S === 'bad-reported') return { batchItemFailures: times > 1 ? [] : [{ itemIdentifier: bad.dynamodb.SequenceNumber }] };
  throw new Error('bad record');
};`;

async function onStream(mapping: object = {}, before: readonly string[] = [], options: Partial<WorldOptions> = {}) {
  const test = await testWorld(options);
  const { world, make } = test;
  await world.call('DynamoDB', 'CreateTable', {
    TableName: 'table',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
  });
  await make('f', ON_STREAM, { Timeout: 20 });
  const put = (...ids: readonly string[]) =>
    Promise.all(ids.map((id) => world.call('DynamoDB', 'PutItem', { TableName: 'table', Item: { id: { S: id } } })));
  await put(...before);
  const input = { FunctionName: 'f', EventSourceArn: STREAM, StartingPosition: 'TRIM_HORIZON', ...mapping };
  await world.call('Lambda', 'CreateEventSourceMapping', input);
  return { ...test, put };
}

describe('a mapping on a stream', () => {
  it('hands over records in order, one batch at a time, from the beginning or from now', async () => {
    const all = await onStream({ BatchSize: 2 }, ['a', 'b', 'c']);
    await all.put('d');
    await all.pass(1);
    expect(batches(all).map(([, text]) => text)).toEqual(['a,b', 'c,d']);
    const fromNow = await onStream({ StartingPosition: 'LATEST' }, ['a']);
    await fromNow.put('b');
    await fromNow.pass(1);
    expect(batches(fromNow).map(([, text]) => text)).toEqual(['b']);
  });

  it('tries a failing batch again with growing waits, and nothing behind it meanwhile', async () => {
    const test = await onStream({ BatchSize: 2 }, ['a', 'bad-always', 'c']);
    await test.pass(8);
    expect(batches(test)).toEqual([
      [0, 'a,bad-always'],
      [1, 'a,bad-always'],
      [3, 'a,bad-always'],
      [7, 'a,bad-always'],
    ]);
  });

  it('goes on when it succeeds', async () => {
    const test = await onStream({ BatchSize: 2 }, ['a', 'bad-once', 'c']);
    await test.pass(8);
    expect(batches(test).map(([, text]) => text)).toEqual(['a,bad-once', 'a,bad-once', 'c']);
  });

  it('starts again at the lowest reported failure', async () => {
    const test = await onStream({ FunctionResponseTypes: ['ReportBatchItemFailures'] }, ['a', 'bad-reported', 'c']);
    await test.pass(8);
    expect(batches(test).map(([, text]) => text)).toEqual(['a,bad-reported,c', 'bad-reported,c']);
  });

  it('remembers across processes what came before the lowest failure', async () => {
    const file = join(emptyFolder(), 'world.sqlite');
    const test = await onStream({ FunctionResponseTypes: ['ReportBatchItemFailures'] }, ['a', 'bad-reported', 'c'], {
      file,
    });
    await test.pass(0.5);
    await test.world.close();
    const after = await testWorld({ file });
    await after.pass(60);
    expect(batches(test).map(([, text]) => text)).toEqual(['a,bad-reported,c']);
    expect(batches(after).map(([, text]) => text)).toEqual(['bad-reported,c', 'bad-reported,c']);
  });

  it('is halved down to the record at fault, which goes to the failure destination when its tries are spent', async () => {
    const destination = {
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:000000000000:lost' } },
    };
    const test = await onStream({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 4, ...destination }, [
      'a',
      'b',
      'bad',
      'd',
    ]);
    await test.world.call('SQS', 'CreateQueue', { QueueName: 'lost' });
    await test.pass(200);
    const texts = batches(test).map(([, text]) => text);
    expect(texts[0]).toBe('a,b,bad,d');
    expect(texts).toContain('bad');
    expect(texts.at(-1)).toBe('d');
    const { Messages } = await test.world.call('SQS', 'ReceiveMessage', { QueueUrl: 'lost' });
    const { DDBStreamBatchInfo } = JSON.parse(Messages[0].Body);
    expect(DDBStreamBatchInfo).toMatchObject({ batchSize: 1, streamArn: STREAM });
    expect(DDBStreamBatchInfo.startSequenceNumber).toBe(DDBStreamBatchInfo.endSequenceNumber);
  });

  it('filters records', async () => {
    const Filters = [{ Pattern: JSON.stringify({ dynamodb: { NewImage: { id: { S: [{ prefix: 'x' }] } } } }) }];
    const test = await onStream({ FilterCriteria: { Filters } }, ['a', 'x1', 'b', 'x2']);
    await test.pass(1);
    expect(batches(test).map(([, text]) => text)).toEqual(['x1,x2']);
  });
});
