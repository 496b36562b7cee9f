import { beforeEach, describe, expect, it } from '@jest/globals';
import { testFabric } from '../fabric.ts';
import { type TestDynamoDB, tableInput, testDynamoDB } from './service.ts';

const TableName = 'table';
const Key = { pk: { S: 'a' }, sk: { S: 'b' } };
let dynamodb: TestDynamoDB;

beforeEach(() => {
  dynamodb = testDynamoDB();
  dynamodb.call('CreateTable', tableInput(TableName, { pk: 'S', sk: 'S' }, { index: { keys: { g: 'S' } } }));
});

const put = (item: object, more: object = {}) =>
  dynamodb.call('PutItem', { TableName, Item: { ...Key, ...item }, ...more });
const get = () => dynamodb.call('GetItem', { TableName, Key }).Item;
const refused = (item: object) => dynamodb.failure('PutItem', { TableName, Item: item });

/** A value `depth` lists deep. */
const nested = (depth: number): object => (depth === 0 ? { S: 'a' } : { L: [nested(depth - 1)] });

describe('an item', () => {
  it('comes back as it was put, binaries and odd names included', () => {
    const item = {
      ...Key,
      bytes: { B: new Uint8Array([0, 1, 255]) },
      many: { BS: [new Uint8Array([1]), new Uint8Array([2])] },
      deep: { M: { list: { L: [{ M: { inner: { B: new Uint8Array([7]) } } }, { NULL: true }, { BOOL: false }] } } },
      constructor: { S: 'x' },
      empty: { S: '' },
    };
    put(item);
    expect(get()).toEqual(item);
    const odd = JSON.parse('{"__proto__":{"S":"y"},"toString":{"N":"1"}}') as object;
    dynamodb.call('PutItem', { TableName, Item: Object.assign(odd, Key) });
    expect(Object.keys(get()).sort()).toEqual(['__proto__', 'pk', 'sk', 'toString']);
  });

  it('does not find members of Object by condition', () => {
    put({});
    const absent = (name: string) =>
      put({}, { ConditionExpression: 'attribute_not_exists(#c)', ExpressionAttributeNames: { '#c': name } });
    for (const name of ['__proto__', 'constructor', 'toString']) expect(() => absent(name)).not.toThrow();
  });

  it('is not changed by what the caller does with it afterwards', () => {
    const bytes = new Uint8Array([1, 2]);
    const list = { L: [{ S: 'x' }] };
    put({ bytes: { B: bytes }, list });
    bytes[0] = 9;
    list.L.push({ S: 'y' });
    expect(get()).toMatchObject({ bytes: { B: new Uint8Array([1, 2]) }, list: { L: [{ S: 'x' }] } });
  });

  it.each([
    [{ pk: { S: 'a' } }, 'One or more parameter values were invalid: Missing the key sk in the item'],
    [
      { pk: { S: 'a' }, sk: { N: '1' } },
      'One or more parameter values were invalid: Type mismatch for key sk expected: S actual: N',
    ],
    [
      { pk: { S: '' }, sk: { S: 'b' } },
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
    ],
    [
      { pk: { S: 'p'.repeat(2049) }, sk: { S: 'b' } },
      'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes',
    ],
    [
      { pk: { S: 'p' }, sk: { S: 'é'.repeat(513) } },
      'One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes',
    ],
    [
      { ...Key, g: { N: '1' } },
      'One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N IndexName: index',
    ],
    [
      { ...Key, g: { S: '' } },
      'One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: index, IndexKey: g',
    ],
    [{ ...Key, x: {} }, 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'],
    [
      { ...Key, x: { S: 'a', N: '1' } },
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    ],
    [
      { ...Key, x: { NULL: false } },
      'One or more parameter values were invalid: Null attribute value types must have the value of true',
    ],
    [
      { ...Key, x: { SS: ['a', 'a'] } },
      'One or more parameter values were invalid: Input collection [a, a] contains duplicates.',
    ],
    [{ ...Key, x: { NS: ['1', '1.0'] } }, 'Input collection contains duplicates'],
    [{ ...Key, x: { S: 'x'.repeat(400 * 1024) } }, 'Item size has exceeded the maximum allowed size'],
    [{ ...Key, x: nested(33) }, 'Nesting Levels have exceeded supported limits'],
  ])('%# is refused in AWS words', (item, message) => {
    expect(refused(item)).toMatchObject({ name: 'ValidationException', message });
  });

  it('shares nothing it answers with what it was given', () => {
    const bytes = new Uint8Array([1, 2]);
    const { Attributes } = dynamodb.call('UpdateItem', {
      TableName,
      Key,
      UpdateExpression: 'SET b = :b',
      ExpressionAttributeValues: { ':b': { B: bytes } },
      ReturnValues: 'ALL_NEW',
    });
    Attributes.b.B[0] = 9;
    expect(bytes).toEqual(new Uint8Array([1, 2]));
  });

  it('may have its binaries given as Buffers, and gives plain arrays', () => {
    put({ bytes: { B: Buffer.from([1, 2]) }, inner: { L: [{ B: Buffer.from([3]) }] } });
    expect(get()).toEqual({ ...Key, bytes: { B: new Uint8Array([1, 2]) }, inner: { L: [{ B: new Uint8Array([3]) }] } });
  });

  it('compares texts by their UTF-8 bytes', () => {
    const last = { t: { S: '\uFFFD' } };
    put(last);
    const where = (ConditionExpression: string) =>
      put(last, { ConditionExpression, ExpressionAttributeValues: { ':v': { S: '😀' } } });
    expect(() => where('t < :v')).not.toThrow();
    expect(() => where('t > :v')).toThrow('The conditional request failed');
  });

  it('may be 400 KB to the byte', () => {
    const rest = 'pk'.length + 1 + 'sk'.length + 1 + 'x'.length;
    put({ x: { S: 'x'.repeat(400 * 1024 - rest) } });
    expect(refused({ ...Key, x: { S: 'x'.repeat(400 * 1024 - rest + 1) } }).message).toContain('exceeded');
    const grow = { TableName, Key, UpdateExpression: 'SET y = :y', ExpressionAttributeValues: { ':y': { S: 'y' } } };
    expect(dynamodb.failure('UpdateItem', grow).message).toBe(
      'Item size to update has exceeded the maximum allowed size',
    );
  });

  it('is kept in the database', () => {
    put({ n: { N: '1' } });
    dynamodb = testDynamoDB(testFabric(dynamodb.fabric.db));
    expect(get()).toEqual({ ...Key, n: { N: '1' } });
  });
});

describe('keys', () => {
  it('must be exactly the table’s', () => {
    const ask = (key: object) => dynamodb.failure('GetItem', { TableName, Key: key }).message;
    const wrong = 'The provided key element does not match the schema';
    expect(ask({ pk: { S: 'a' } })).toBe(wrong);
    expect(ask({ ...Key, g: { S: 'x' } })).toBe(wrong);
    expect(ask({ pk: { S: 'a' }, sk: { N: '1' } })).toBe(wrong);
    expect(dynamodb.failure('GetItem', { TableName: 'none', Key })).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
  });

  it('are not updated, nor entered by paths', () => {
    const update = (UpdateExpression: string) =>
      dynamodb.failure('UpdateItem', {
        TableName,
        Key,
        UpdateExpression,
        ExpressionAttributeValues: { ':v': { S: 'v' } },
      }).message;
    expect(update('SET pk = :v')).toBe(
      'One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key',
    );
    const into = "list random access '[]' and map lookup '.' are not allowed";
    expect(update('SET g.x = :v')).toBe(`Key attributes must be scalars; ${into}: IndexKey: g`);
    expect(dynamodb.failure('GetItem', { TableName, Key, ProjectionExpression: 'pk.x' }).message).toContain(
      `${into}: Key: pk`,
    );
  });
});

describe('what a write gives back', () => {
  it('by ReturnValues', () => {
    put({ n: { N: '1' }, m: { M: { x: { N: '1' }, y: { N: '2' } } } });
    const update = (ReturnValues: string) =>
      dynamodb.call('UpdateItem', {
        TableName,
        Key,
        UpdateExpression: 'SET n = n + :one, m.x = :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
        ReturnValues,
      }).Attributes;
    expect(update('UPDATED_OLD')).toEqual({ n: { N: '1' }, m: { M: { x: { N: '1' } } } });
    expect(update('UPDATED_NEW')).toEqual({ n: { N: '3' }, m: { M: { x: { N: '1' } } } });
    expect(update('ALL_OLD')).toMatchObject({ ...Key, n: { N: '3' } });
    expect(update('ALL_NEW')).toMatchObject({ ...Key, n: { N: '5' } });
    expect(update('NONE')).toBeUndefined();
    expect(put({}, { ReturnValues: 'ALL_OLD' }).Attributes).toMatchObject({ n: { N: '6' } });
    expect(dynamodb.call('DeleteItem', { TableName, Key, ReturnValues: 'ALL_OLD' }).Attributes).toEqual(Key);
    expect(dynamodb.call('DeleteItem', { TableName, Key, ReturnValues: 'ALL_OLD' })).toEqual({});
    expect(dynamodb.failure('PutItem', { TableName, Item: Key, ReturnValues: 'ALL_NEW' }).message).toBe(
      'ReturnValues can only be ALL_OLD or NONE',
    );
  });

  it('shows the item that failed the condition when asked', () => {
    put({ n: { N: '1' } });
    const guarded = { TableName, Item: Key, ConditionExpression: 'attribute_not_exists(pk)' };
    expect(dynamodb.failure('PutItem', guarded)).toEqual({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
    });
    expect(dynamodb.failure('PutItem', { ...guarded, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })).toMatchObject({
      Item: { ...Key, n: { N: '1' } },
    });
    expect(get()).toHaveProperty('n');
  });
});

describe('consumed capacity', () => {
  const write = (item: object) => put(item, { ReturnConsumedCapacity: 'INDEXES' }).ConsumedCapacity;
  const kb = (size: number) => ({ x: { S: 'x'.repeat(size * 1024 - 10) } });

  it('of writes counts begun KB of the larger item, and each index entry', () => {
    expect(write({})).toEqual({ TableName, CapacityUnits: 1, Table: { CapacityUnits: 1 } });
    expect(write(kb(3))).toMatchObject({ CapacityUnits: 3 });
    expect(write({})).toMatchObject({ CapacityUnits: 3 });
    const index = (units: number) => ({ GlobalSecondaryIndexes: { index: { CapacityUnits: units } } });
    expect(write({ g: { S: 'g1' } })).toMatchObject({ CapacityUnits: 2, Table: { CapacityUnits: 1 }, ...index(1) });
    expect(write({ g: { S: 'g2' } })).toMatchObject({ CapacityUnits: 3, ...index(2) });
    expect(write({ g: { S: 'g2' } })).toEqual({ TableName, CapacityUnits: 1, Table: { CapacityUnits: 1 } });
    expect(write({ g: { S: 'g2' }, y: { S: '' } })).toMatchObject({ CapacityUnits: 2, ...index(1) });
    expect(write({})).toMatchObject({ CapacityUnits: 2, ...index(1) });
  });

  it('of reads counts begun 4 KB, half when eventually consistent', () => {
    const read = (ConsistentRead: boolean) =>
      dynamodb.call('GetItem', { TableName, Key, ConsistentRead, ReturnConsumedCapacity: 'TOTAL' }).ConsumedCapacity;
    expect(read(true)).toEqual({ TableName, CapacityUnits: 1 });
    put(kb(9));
    expect(read(true)).toEqual({ TableName, CapacityUnits: 3 });
    expect(read(false)).toEqual({ TableName, CapacityUnits: 1.5 });
  });
});

describe('what is not offered', () => {
  it('is refused by name', () => {
    expect(dynamodb.failure('PutItem', { TableName, Item: Key, Expected: {} })).toEqual({
      name: 'UnsupportedOperation',
      message: 'DynamoDB here does not offer the legacy parameter Expected of PutItem; use expressions',
    });
    expect(dynamodb.failure('Query', { TableName, Nonsense: 1 }).message).toContain('the parameter Nonsense of Query');
  });
});

describe('batches', () => {
  const item = (sk: string) => ({ pk: { S: 'a' }, sk: { S: sk } });

  it('write and read many items', () => {
    const writes = ['1', '2', '3'].map((sk) => ({ PutRequest: { Item: item(sk) } }));
    const done = dynamodb.call('BatchWriteItem', {
      RequestItems: { [TableName]: writes },
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(done).toEqual({ UnprocessedItems: {}, ConsumedCapacity: [{ TableName, CapacityUnits: 3 }] });
    dynamodb.call('BatchWriteItem', { RequestItems: { [TableName]: [{ DeleteRequest: { Key: item('2') } }] } });
    const Keys = ['1', '2', '3'].map(item);
    const got = dynamodb.call('BatchGetItem', { RequestItems: { [TableName]: { Keys, ProjectionExpression: 'sk' } } });
    expect(got).toEqual({ Responses: { [TableName]: [{ sk: { S: '1' } }, { sk: { S: '3' } }] }, UnprocessedKeys: {} });
  });

  it('are refused whole', () => {
    const write = (requests: object[]) =>
      dynamodb.failure('BatchWriteItem', { RequestItems: { [TableName]: requests } }).message;
    const put25 = Array.from({ length: 26 }, (_, n) => ({ PutRequest: { Item: item(String(n)) } }));
    expect(write(put25)).toBe('Too many items requested for the BatchWriteItem call');
    const twice = [{ PutRequest: { Item: item('1') } }, { DeleteRequest: { Key: item('1') } }];
    expect(write(twice)).toBe('Provided list of item keys contains duplicates');
    const wrongLast = [{ PutRequest: { Item: item('1') } }, { PutRequest: { Item: { ...item('2'), g: { N: '1' } } } }];
    expect(write(wrongLast)).toContain('Type mismatch for Index Key g');
    expect(dynamodb.call('Scan', { TableName }).Count).toBe(0);
    const Keys = Array.from({ length: 101 }, (_, n) => item(String(n)));
    expect(dynamodb.failure('BatchGetItem', { RequestItems: { [TableName]: { Keys } } }).message).toBe(
      'Too many items requested for the BatchGetItem call',
    );
  });

  it('leave what goes beyond 16 MB for the next call', () => {
    const Keys = Array.from({ length: 45 }, (_, n) => item(String(n).padStart(2, '0')));
    for (const key of Keys) dynamodb.call('PutItem', { TableName, Item: { ...key, x: { S: 'x'.repeat(390 * 1024) } } });
    const first = dynamodb.call('BatchGetItem', { RequestItems: { [TableName]: { Keys } } });
    const second = dynamodb.call('BatchGetItem', { RequestItems: first.UnprocessedKeys });
    expect(second.UnprocessedKeys).toEqual({});
    expect([first, second].map((page) => page.Responses[TableName].length)).toEqual([42, 3]);
  });
});
