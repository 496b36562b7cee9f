import { beforeEach, describe, expect, it } from '@jest/globals';
import { START, testFabric } from '../fabric.ts';
import { type TestDynamoDB, tableInput, testDynamoDB } from './service.ts';

const TableName = 'table';
const ARN = 'arn:aws:dynamodb:eu-central-1:123456789012:table/table/stream/local';
const Key = { pk: { S: 'a' } };
let dynamodb: TestDynamoDB;

function create(StreamViewType: string, indexes = {}): void {
  dynamodb = testDynamoDB();
  dynamodb.call(
    'CreateTable',
    tableInput(TableName, { pk: 'S' }, indexes, { StreamSpecification: { StreamEnabled: true, StreamViewType } }),
  );
}

const put = (more: object = {}) => dynamodb.call('PutItem', { TableName, Item: { ...Key, ...more } });
const read = (after?: string, limit = 100) => dynamodb.service.readStream(ARN, after, limit);

describe('a stream', () => {
  beforeEach(() => create('NEW_AND_OLD_IMAGES'));

  it('has every change in order, in the shape Lambda gets', () => {
    put({ n: { N: '1' }, bytes: { B: new Uint8Array([1, 2]) } });
    dynamodb.fabric.advanceTo(START + 1500);
    dynamodb.call('UpdateItem', {
      TableName,
      Key,
      UpdateExpression: 'SET n = :n',
      ExpressionAttributeValues: { ':n': { N: '2' } },
    });
    dynamodb.call('DeleteItem', { TableName, Key });
    const records = read();
    expect(records[0]).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-central-1',
      dynamodb: {
        ApproximateCreationDateTime: START / 1000,
        Keys: Key,
        NewImage: { ...Key, n: { N: '1' }, bytes: { B: 'AQI=' } },
        SequenceNumber: '100000000000000000001',
        SizeBytes: 3 + 3 + 3 + 7,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: ARN,
    });
    expect(records[1]).toMatchObject({
      eventName: 'MODIFY',
      dynamodb: {
        ApproximateCreationDateTime: START / 1000 + 1,
        OldImage: { n: { N: '1' } },
        NewImage: { n: { N: '2' } },
      },
    });
    expect(records[2]).toMatchObject({ eventName: 'REMOVE', dynamodb: { OldImage: { n: { N: '2' } } } });
    expect(records[2]?.dynamodb).not.toHaveProperty('NewImage');
    expect(new Set(records.map((record) => record.eventID)).size).toBe(3);
  });

  it('has nothing of writes that change nothing', () => {
    put({ n: { N: '1' } });
    put({ n: { N: '1.0' } });
    dynamodb.call('DeleteItem', { TableName, Key: { pk: { S: 'absent' } } });
    dynamodb.failure('PutItem', { TableName, Item: Key, ConditionExpression: 'attribute_not_exists(pk)' });
    dynamodb.failure('TransactWriteItems', {
      TransactItems: [
        { Put: { TableName, Item: { pk: { S: 'x' } } } },
        { ConditionCheck: { TableName, Key, ConditionExpression: 'attribute_not_exists(pk)' } },
      ],
    });
    expect(read()).toHaveLength(1);
  });

  it('is read from where one stopped', () => {
    const latest = dynamodb.service.latestSequence(ARN);
    for (const n of ['1', '2', '3', '4']) put({ n: { N: n } });
    const first = read(undefined, 3);
    const rest = read(first[2]?.dynamodb.SequenceNumber);
    expect([...first, ...rest].map((record) => (record.dynamodb.NewImage as { n: object }).n)).toEqual(
      ['1', '2', '3', '4'].map((N) => ({ N })),
    );
    expect(read(latest)).toHaveLength(4);
    expect(read(dynamodb.service.latestSequence(ARN))).toEqual([]);
  });

  it('goes on in the same database, numbers never used twice', () => {
    put();
    dynamodb.call('DeleteItem', { TableName, Key });
    dynamodb = testDynamoDB(testFabric(dynamodb.fabric.db));
    put();
    expect(read().map((record) => record.dynamodb.SequenceNumber.at(-1))).toEqual(['1', '2', '3']);
  });

  it('wakes its readers once a turn, until they leave', () => {
    let woken = 0;
    const leave = dynamodb.service.onStreamRecords(ARN, () => {
      woken += 1;
    });
    put({ n: { N: '1' } });
    put({ n: { N: '2' } });
    expect(woken).toBe(0);
    dynamodb.fabric.settle();
    expect(woken).toBe(1);
    put({ n: { N: '3' } });
    dynamodb.fabric.settle();
    expect(woken).toBe(2);
    leave();
    put({ n: { N: '4' } });
    dynamodb.fabric.settle();
    expect(woken).toBe(2);
  });

  it('keeps records for a day', () => {
    for (let n = 0; n < 999; n += 1) put({ n: { N: String(n) } });
    dynamodb.fabric.advanceTo(START + 24 * 3600_000 + 1);
    put({ n: { N: 'late'.length.toString() }, late: { BOOL: true } });
    expect(read(undefined, 2000)).toMatchObject([{ dynamodb: { NewImage: { late: { BOOL: true } } } }]);
  });

  it('is named when it is not there', () => {
    dynamodb.call('CreateTable', tableInput('quiet', { pk: 'S' }));
    expect(() => dynamodb.service.readStream(ARN.replace('table/table', 'table/quiet'), undefined, 1)).toThrow(
      'Table quiet has no stream',
    );
    expect(() => dynamodb.service.readStream(ARN.replace('table/table', 'table/none'), undefined, 1)).toThrow(
      'Table: none not found',
    );
  });
});

it.each([
  ['KEYS_ONLY', []],
  ['NEW_IMAGE', ['NewImage']],
  ['OLD_IMAGE', ['OldImage']],
])('%s shows %j of a change', (view, images) => {
  create(view);
  put({ n: { N: '1' } });
  put({ n: { N: '2' } });
  const shown = Object.keys(read()[1]?.dynamodb ?? {}).filter((member) => member.endsWith('Image'));
  expect(shown).toEqual(images);
});
