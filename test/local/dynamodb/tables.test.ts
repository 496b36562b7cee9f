import { beforeEach, describe, expect, it } from '@jest/globals';
import { START, testFabric } from '../fabric.ts';
import { type TestDynamoDB, tableInput, testDynamoDB } from './service.ts';

let dynamodb: TestDynamoDB;

beforeEach(() => {
  dynamodb = testDynamoDB();
});

describe('tables', () => {
  it('are described as they were made', () => {
    const input = tableInput(
      'one',
      { pk: 'S', sk: 'N' },
      { index: { keys: { g: 'S' }, project: ['a'] } },
      {
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      },
    );
    expect(dynamodb.call('CreateTable', input).TableDescription.TableStatus).toBe('CREATING');
    dynamodb.call('PutItem', { TableName: 'one', Item: { pk: { S: 'a' }, sk: { N: '1' } } });
    const arn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/one';
    expect(dynamodb.call('DescribeTable', { TableName: 'one' }).Table).toMatchObject({
      TableName: 'one',
      TableStatus: 'ACTIVE',
      TableArn: arn,
      CreationDateTime: new Date(START),
      ItemCount: 1,
      TableSizeBytes: 7,
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      GlobalSecondaryIndexes: [{ IndexName: 'index', IndexStatus: 'ACTIVE', IndexArn: `${arn}/index/index` }],
      LatestStreamArn: `${arn}/stream/local`,
    });
    expect(dynamodb.call('DescribeTable', { TableName: arn }).Table.TableName).toBe('one');
  });

  it('are listed by name, in pages', () => {
    for (const name of ['ccc', 'aaa', 'bbb']) dynamodb.call('CreateTable', tableInput(name, { pk: 'S' }));
    const first = dynamodb.call('ListTables', { Limit: 2 });
    expect(first).toEqual({ TableNames: ['aaa', 'bbb'], LastEvaluatedTableName: 'bbb' });
    expect(dynamodb.call('ListTables', { ExclusiveStartTableName: 'bbb' })).toEqual({ TableNames: ['ccc'] });
  });

  it('go with everything in them', () => {
    const input = tableInput('one', { pk: 'S' }, { index: { keys: { g: 'S' } } });
    dynamodb.call('CreateTable', input);
    dynamodb.call('PutItem', { TableName: 'one', Item: { pk: { S: 'a' }, g: { S: 'g' } } });
    expect(dynamodb.call('DeleteTable', { TableName: 'one' }).TableDescription.TableStatus).toBe('DELETING');
    expect(dynamodb.failure('DescribeTable', { TableName: 'one' })).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found: Table: one not found',
    });
    dynamodb.call('CreateTable', input);
    expect(dynamodb.call('Scan', { TableName: 'one' }).Count).toBe(0);
    expect(dynamodb.call('Scan', { TableName: 'one', IndexName: 'index' }).Count).toBe(0);
  });

  it('stay when protected', () => {
    dynamodb.call('CreateTable', tableInput('one', { pk: 'S' }, {}, { DeletionProtectionEnabled: true }));
    expect(dynamodb.failure('DeleteTable', { TableName: 'one' }).message).toContain('protected against deletion');
  });

  it('are found again in the same database', () => {
    dynamodb.call('CreateTable', tableInput('one', { pk: 'S' }));
    dynamodb = testDynamoDB(testFabric(dynamodb.fabric.db));
    expect(dynamodb.call('ListTables', {}).TableNames).toEqual(['one']);
    expect(dynamodb.failure('CreateTable', tableInput('one', { pk: 'S' }))).toMatchObject({
      name: 'ResourceInUseException',
      message: 'Table already exists: one',
    });
  });
});

describe('an updated table', () => {
  const TableName = 'one';
  const update = (more: object) => dynamodb.call('UpdateTable', { TableName, ...more });
  const index = (IndexName: string, hash: string) => ({
    Create: { IndexName, KeySchema: [{ AttributeName: hash, KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } },
  });
  const onIndex = (IndexName: string, name: string, value: string) =>
    dynamodb.call('Query', {
      TableName,
      IndexName,
      KeyConditionExpression: '#k = :v',
      ExpressionAttributeNames: { '#k': name },
      ExpressionAttributeValues: { ':v': { S: value } },
    }).Items.length;
  const put = (pk: string, more: object) => dynamodb.call('PutItem', { TableName, Item: { pk: { S: pk }, ...more } });

  beforeEach(() => {
    dynamodb.call('CreateTable', tableInput(TableName, { pk: 'S' }, { first: { keys: { a: 'S' } } }));
    put('1', { a: { S: 'x' }, b: { S: 'y' } });
    put('2', { b: { N: '1' } });
  });

  it('has indexes added with what was there, and deleted without trace', () => {
    const defined = [{ AttributeName: 'b', AttributeType: 'S' }];
    update({ AttributeDefinitions: defined, GlobalSecondaryIndexUpdates: [index('second', 'b')] });
    put('3', { b: { S: 'y' } });
    expect(onIndex('second', 'b', 'y')).toBe(2);
    expect(onIndex('first', 'a', 'x')).toBe(1);
    update({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'first' } }] });
    expect(() => onIndex('first', 'a', 'x')).toThrow('The table does not have the specified index: first');
    put('4', { a: { N: '1' } });
    dynamodb = testDynamoDB(testFabric(dynamodb.fabric.db));
    expect(onIndex('second', 'b', 'y')).toBe(2);
    const again = [{ AttributeName: 'a', AttributeType: 'S' }];
    update({ AttributeDefinitions: again, GlobalSecondaryIndexUpdates: [index('first', 'a')] });
    expect(onIndex('first', 'a', 'x')).toBe(1);
    expect(
      dynamodb.failure('UpdateTable', { TableName, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'no' } }] })
        .name,
    ).toBe('ResourceNotFoundException');
  });

  it('has a stream from then on', () => {
    const enabled = { StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } };
    update(enabled);
    put('3', {});
    expect(dynamodb.service.readStream(TableName, undefined, 10)).toHaveLength(1);
    expect(() => update(enabled)).toThrow('Table already has an enabled stream');
    update({ StreamSpecification: { StreamEnabled: false } });
    expect(() => dynamodb.service.readStream(TableName, undefined, 10)).toThrow('has no stream');
  });

  it('may be protected and freed', () => {
    update({ DeletionProtectionEnabled: true });
    expect(() => dynamodb.call('DeleteTable', { TableName })).toThrow('protected');
    update({ DeletionProtectionEnabled: false });
    dynamodb.call('DeleteTable', { TableName });
  });
});

describe('a definition is refused', () => {
  const fails = (change: object) =>
    dynamodb.failure('CreateTable', { ...tableInput('one', { pk: 'S', sk: 'S' }), ...change }).message;
  const define = (...names: string[]) => names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));
  const hash = (AttributeName: string) => ({ AttributeName, KeyType: 'HASH' });
  const range = (AttributeName: string) => ({ AttributeName, KeyType: 'RANGE' });

  it.each([
    [{ TableName: 'x' }, 'Invalid table/index name'],
    [{ BillingMode: 'PROVISIONED' }, 'ReadCapacityUnits and WriteCapacityUnits must both be specified'],
    [
      { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } },
      'Neither ReadCapacityUnits nor WriteCapacityUnits',
    ],
    [
      { AttributeDefinitions: define('pk') },
      'Some index key attributes are not defined in AttributeDefinitions. Keys: [pk, sk], AttributeDefinitions: [pk]',
    ],
    [{ AttributeDefinitions: define('pk', 'sk', 'x') }, 'Number of attributes in KeySchema does not exactly match'],
    [
      { KeySchema: [hash('pk'), range('pk')] },
      'Both the Hash Key and the Range Key element in the KeySchema have the same name',
    ],
    [{ KeySchema: [range('pk'), hash('sk')] }, 'The first KeySchemaElement is not a HASH key type'],
    [{ GlobalSecondaryIndexes: [] }, 'List of GlobalSecondaryIndexes is empty'],
    [
      { GlobalSecondaryIndexes: [{ IndexName: 'iii', KeySchema: [hash('sk')], Projection: {} }] },
      'Unknown ProjectionType: null',
    ],
    [
      {
        LocalSecondaryIndexes: [
          { IndexName: 'iii', KeySchema: [hash('sk'), range('pk')], Projection: { ProjectionType: 'ALL' } },
        ],
      },
      'Index KeySchema does not have the same leading hash key as table KeySchema for index: iii',
    ],
    [{ StreamSpecification: { StreamEnabled: true } }, 'StreamViewType is required'],
    [{ Replicas: [] }, 'the parameter Replicas of CreateTable'],
  ])('%#', (change, message) => expect(fails(change)).toContain(message));
});

it('local indexes are read consistently and fetch what they do not project', () => {
  dynamodb.call('CreateTable', {
    ...tableInput('one', { pk: 'S', sk: 'S' }),
    AttributeDefinitions: ['pk', 'sk', 'r'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    LocalSecondaryIndexes: [
      {
        IndexName: 'local',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'r', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  });
  const item = { pk: { S: 'a' }, sk: { S: '1' }, r: { S: 'z' }, more: { S: 'm' } };
  dynamodb.call('PutItem', { TableName: 'one', Item: item });
  const query = {
    TableName: 'one',
    IndexName: 'local',
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :a AND r > :r',
    ExpressionAttributeValues: { ':a': { S: 'a' }, ':r': { S: 'y' } },
  };
  expect(dynamodb.call('Query', query).Items).toEqual([{ pk: { S: 'a' }, sk: { S: '1' }, r: { S: 'z' } }]);
  expect(dynamodb.call('Query', { ...query, Select: 'ALL_ATTRIBUTES' }).Items).toEqual([item]);
  expect(dynamodb.call('Query', { ...query, ProjectionExpression: 'more' }).Items).toEqual([{ more: { S: 'm' } }]);
});
