import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type TestDynamoDB, tableInput, testDynamoDB } from './service.ts';

const TableName = 'table';
let dynamodb: TestDynamoDB;

interface Page {
  readonly Items: Array<Record<string, { S?: string; N?: string }>>;
  readonly Count: number;
  readonly ScannedCount: number;
  readonly LastEvaluatedKey?: object;
}

/** All pages of a query or scan. */
function pages(operation: 'Query' | 'Scan', input: object): Page[] {
  const all: Page[] = [];
  let ExclusiveStartKey: object | undefined;
  do {
    const page: Page = dynamodb.call(operation, { TableName, ...input, ExclusiveStartKey });
    all.push(page);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return all;
}

const names = (all: readonly Page[]) => all.flatMap((page) => page.Items.map((item) => item.sk?.S ?? item.sk?.N));
const ofHash = (value: string, more = '', values: object = {}) => ({
  KeyConditionExpression: `pk = :pk${more}`,
  ExpressionAttributeValues: { ':pk': { S: value }, ...values },
});

describe('a query of a table', () => {
  beforeEach(() => {
    dynamodb = testDynamoDB();
    dynamodb.call('CreateTable', tableInput(TableName, { pk: 'S', sk: 'S' }));
    for (const sk of ['a', 'ab', 'b', 'c#1', 'c#2', 'd'])
      dynamodb.call('PutItem', { TableName, Item: { pk: { S: 'x' }, sk: { S: sk }, odd: { BOOL: sk.length > 1 } } });
    dynamodb.call('PutItem', { TableName, Item: { pk: { S: 'y' }, sk: { S: 'a' } } });
  });

  it.each([
    ['', {}, ['a', 'ab', 'b', 'c#1', 'c#2', 'd']],
    [' AND sk = :a', { ':a': { S: 'b' } }, ['b']],
    [' AND sk > :a', { ':a': { S: 'b' } }, ['c#1', 'c#2', 'd']],
    [' AND sk >= :a', { ':a': { S: 'b' } }, ['b', 'c#1', 'c#2', 'd']],
    [' AND sk < :a', { ':a': { S: 'b' } }, ['a', 'ab']],
    [' AND sk <= :a', { ':a': { S: 'b' } }, ['a', 'ab', 'b']],
    [' AND :a < sk', { ':a': { S: 'c#2' } }, ['d']],
    [' AND sk BETWEEN :a AND :b', { ':a': { S: 'ab' }, ':b': { S: 'c#1' } }, ['ab', 'b', 'c#1']],
    [' AND begins_with(sk, :a)', { ':a': { S: 'c#' } }, ['c#1', 'c#2']],
    [' AND begins_with(sk, :a)', { ':a': { S: 'a' } }, ['a', 'ab']],
  ])('pk = :pk%s', (more, values, expected) => {
    const query = ofHash('x', more, values);
    expect(names(pages('Query', query))).toEqual(expected);
    expect(names(pages('Query', { ...query, ScanIndexForward: false }))).toEqual([...expected].reverse());
    expect(names(pages('Query', { ...query, Limit: 1 }))).toEqual(expected);
    expect(names(pages('Query', { ...query, Limit: 2, ScanIndexForward: false }))).toEqual([...expected].reverse());
  });

  it('filters after the limit, and counts both', () => {
    const page = dynamodb.call('Query', {
      TableName,
      ...ofHash('x', '', { ':t': { BOOL: true } }),
      FilterExpression: 'odd = :t',
      Limit: 2,
    });
    expect(page).toMatchObject({ Count: 1, ScannedCount: 2, LastEvaluatedKey: { pk: { S: 'x' }, sk: { S: 'ab' } } });
    expect(dynamodb.call('Query', { TableName, ...ofHash('x'), Select: 'COUNT' })).toEqual({
      Count: 6,
      ScannedCount: 6,
    });
  });

  it('gives a key to go on from unless nothing can follow', () => {
    const next = (input: object) => dynamodb.call('Query', { TableName, ...input }).LastEvaluatedKey?.sk.S;
    expect(next({ ...ofHash('x'), Limit: 6 })).toBe('d');
    expect(next({ ...ofHash('x'), Limit: 7 })).toBeUndefined();
    expect(next({ ...ofHash('x', ' AND sk < :a', { ':a': { S: 'b' } }), Limit: 2 })).toBe('ab');
    expect(next({ ...ofHash('x', ' AND sk <= :a', { ':a': { S: 'ab' } }), Limit: 2 })).toBeUndefined();
    expect(
      next({ ...ofHash('x', ' AND sk >= :a', { ':a': { S: 'd' } }), Limit: 1, ScanIndexForward: false }),
    ).toBeUndefined();
  });

  it('stops a page at 1 MB, before the filter', () => {
    for (let n = 0; n < 5; n += 1)
      dynamodb.call('PutItem', {
        TableName,
        Item: { pk: { S: 'big' }, sk: { S: `${n}` }, x: { S: 'x'.repeat(300 * 1024) } },
      });
    const all = pages('Query', {
      ...ofHash('big'),
      FilterExpression: 'attribute_not_exists(x)',
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(all.map(({ Count, ScannedCount }) => [Count, ScannedCount])).toEqual([
      [0, 4],
      [0, 1],
    ]);
    expect(
      all.map(
        (page) => (page as unknown as { ConsumedCapacity: { CapacityUnits: number } }).ConsumedCapacity.CapacityUnits,
      ),
    ).toEqual([150.5, 38]);
  });

  it.each([
    ['sk = :pk', 'Query condition missed key schema element: pk'],
    ['pk > :pk', 'Query key condition not supported'],
    ['pk = :pk AND another = :pk', 'Query condition missed key schema element: sk'],
    ['pk = :pk OR sk = :pk', 'Invalid operator used in KeyConditionExpression: OR'],
    ['NOT pk = :pk', 'Invalid operator used in KeyConditionExpression: NOT'],
    ['pk <> :pk', 'Invalid operator used in KeyConditionExpression: <>'],
    ['pk = :pk AND attribute_exists(sk)', 'Invalid operator used in KeyConditionExpression: attribute_exists'],
    ['pk = :pk AND pk = :pk', 'KeyConditionExpressions must only contain one condition per key'],
    ['pk = :pk AND sk.x = :pk', 'KeyConditionExpressions cannot have conditions on nested attributes'],
    ['pk = :pk AND size(sk) = :pk', 'KeyConditionExpressions cannot contain nested operations'],
    [
      'pk = :pk AND sk = another',
      'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition',
    ],
  ])('%s is refused', (KeyConditionExpression, message) => {
    const input = { TableName, KeyConditionExpression, ExpressionAttributeValues: { ':pk': { S: 'x' } } };
    expect(dynamodb.failure('Query', input)).toMatchObject({ name: 'ValidationException', message });
  });

  it('refuses a wrong type, a filter on keys, and a start from elsewhere', () => {
    const fails = (input: object) => dynamodb.failure('Query', { TableName, ...input }).message;
    expect(fails({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { N: '1' } } })).toBe(
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
    );
    expect(fails({ ...ofHash('x'), FilterExpression: 'attribute_exists(sk)' })).toBe(
      'Filter Expression can only contain non-primary key attributes: Primary key attribute: sk',
    );
    const start = (key: object) => fails({ ...ofHash('x'), ExclusiveStartKey: key });
    expect(start({ pk: { S: 'x' } })).toBe('The provided starting key is invalid');
    expect(start({ pk: { S: 'y' }, sk: { S: 'a' } })).toBe(
      'The provided starting key is outside query boundaries based on provided conditions',
    );
    const after = ofHash('x', ' AND sk > :s', { ':s': { S: 'b' } });
    const startAt = (sk: string) => fails({ ...after, ExclusiveStartKey: { pk: { S: 'x' }, sk: { S: sk } } });
    expect(startAt('a')).toBe('The provided starting key does not match the range key predicate');
    expect(startAt('b')).toBe('The provided starting key does not match the range key predicate');
    expect(fails({})).toContain('Either the KeyConditions or KeyConditionExpression parameter must be specified');
    expect(fails({ ...ofHash('x'), IndexName: 'none' })).toBe('The table does not have the specified index: none');
  });
});

describe('order and pages', () => {
  it('numbers sort as numbers', () => {
    dynamodb = testDynamoDB();
    dynamodb.call('CreateTable', tableInput(TableName, { pk: 'S', sk: 'N' }));
    const sorted = ['-1e20', '-10', '-9.5', '-1', '-0.001', '0', '0.001', '0.5', '1', '2', '9', '10', '100', '1e20'];
    for (const n of [...sorted].reverse())
      dynamodb.call('PutItem', { TableName, Item: { pk: { S: 'x' }, sk: { N: n } } });
    expect(names(pages('Query', { ...ofHash('x'), Limit: 3 })).map(Number)).toEqual(sorted.map(Number));
  });

  it('texts sort by their UTF-8 bytes, and any prefix is found, whatever the page size', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.uniqueArray(text, { maxLength: 12 }),
        text,
        fc.integer({ min: 1, max: 5 }),
        (keys, prefix, Limit) => {
          dynamodb = testDynamoDB();
          dynamodb.call('CreateTable', tableInput(TableName, { pk: 'S', sk: 'S' }));
          for (const sk of keys) dynamodb.call('PutItem', { TableName, Item: { pk: { S: 'x' }, sk: { S: sk } } });
          const sorted = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
          expect(names(pages('Query', { ...ofHash('x'), Limit }))).toEqual(sorted);
          const found = pages('Query', { ...ofHash('x', ' AND begins_with(sk, :p)', { ':p': { S: prefix } }), Limit });
          expect(names(found)).toEqual(sorted.filter((key) => key.startsWith(prefix)));
        },
      ),
      { numRuns: 60 },
    );
  });
});

it('a prefix may end just below the surrogates', () => {
  dynamodb = testDynamoDB();
  dynamodb.call('CreateTable', tableInput(TableName, { pk: 'S', sk: 'S' }));
  for (const sk of ['\uD7FFa', '\uE000b', '\u{10FFFF}c'])
    dynamodb.call('PutItem', { TableName, Item: { pk: { S: 'x' }, sk: { S: sk } } });
  const found = (prefix: string) =>
    names(pages('Query', ofHash('x', ' AND begins_with(sk, :p)', { ':p': { S: prefix } })));
  expect(found('\uD7FF')).toEqual(['\uD7FFa']);
  expect(found('\u{10FFFF}')).toEqual(['\u{10FFFF}c']);
});

describe('indexes', () => {
  beforeEach(() => {
    dynamodb = testDynamoDB();
    dynamodb.call(
      'CreateTable',
      tableInput(
        TableName,
        { pk: 'S', sk: 'S' },
        {
          all: { keys: { g: 'S', h: 'N' } },
          keys: { keys: { g: 'S' }, project: 'KEYS_ONLY' },
          some: { keys: { h: 'N' }, project: ['a'] },
        },
      ),
    );
    const put = (sk: string, more: object) =>
      dynamodb.call('PutItem', {
        TableName,
        Item: { pk: { S: 'x' }, sk: { S: sk }, a: { S: 'a' }, b: { S: 'b' }, ...more },
      });
    put('1', { g: { S: 'g' }, h: { N: '10' } });
    put('2', { g: { S: 'g' }, h: { N: '9' } });
    put('3', { g: { S: 'g' } });
    put('4', { g: { S: 'other' }, h: { N: '10' } });
    put('5', {});
  });

  const onG = (IndexName: string, more: object = {}) => ({
    IndexName,
    KeyConditionExpression: 'g = :g',
    ExpressionAttributeValues: { ':g': { S: 'g' } },
    ...more,
  });

  it('have only items with all their keys, in their order, page by page', () => {
    expect(names(pages('Query', onG('all')))).toEqual(['2', '1']);
    expect(names(pages('Query', onG('keys', { Limit: 1 })))).toEqual(['1', '2', '3']);
    expect(names(pages('Query', onG('keys', { Limit: 1, ScanIndexForward: false })))).toEqual(['3', '2', '1']);
    expect(names(pages('Scan', { IndexName: 'some', Limit: 1 }))).toEqual(['2', '1', '4']);
  });

  it('follow updates and deletes', () => {
    const update = (UpdateExpression: string, values?: object) =>
      dynamodb.call('UpdateItem', {
        TableName,
        Key: { pk: { S: 'x' }, sk: { S: '1' } },
        UpdateExpression,
        ExpressionAttributeValues: values,
      });
    update('SET h = :h', { ':h': { N: '-5' } });
    expect(names(pages('Query', onG('all')))).toEqual(['1', '2']);
    update('REMOVE h');
    expect(names(pages('Query', onG('all')))).toEqual(['2']);
    dynamodb.call('DeleteItem', { TableName, Key: { pk: { S: 'x' }, sk: { S: '2' } } });
    expect(names(pages('Query', onG('all')))).toEqual([]);
    expect(names(pages('Query', onG('keys')))).toEqual(['1', '3']);
  });

  it('give what they project and no more', () => {
    const [first] = pages('Query', onG('keys', { Limit: 1 }));
    expect(first?.Items).toEqual([{ pk: { S: 'x' }, sk: { S: '1' }, g: { S: 'g' } }]);
    expect(first?.LastEvaluatedKey).toEqual({ pk: { S: 'x' }, sk: { S: '1' }, g: { S: 'g' } });
    const onH = {
      IndexName: 'some',
      KeyConditionExpression: 'h = :h',
      ExpressionAttributeValues: { ':h': { N: '9' } },
    };
    expect(pages('Query', onH)[0]?.Items).toEqual([{ pk: { S: 'x' }, sk: { S: '2' }, h: { N: '9' }, a: { S: 'a' } }]);
    const fails = (more: object) => dynamodb.failure('Query', { TableName, ...onH, ...more }).message;
    expect(fails({ ProjectionExpression: 'a, b' })).toBe(
      'One or more parameter values were invalid: Global secondary index some does not project [b]',
    );
    expect(fails({ FilterExpression: 'attribute_exists(b)' })).toBe(
      'One or more parameter values were invalid: Secondary index some does not project one or more filter attributes: [b]',
    );
    expect(fails({ Select: 'ALL_ATTRIBUTES' })).toContain('its projection type is not ALL');
    expect(fails({ ConsistentRead: true })).toBe('Consistent reads are not supported on global secondary indexes');
  });
});

describe('a scan', () => {
  it('goes through everything once, in segments too', () => {
    dynamodb = testDynamoDB();
    dynamodb.call('CreateTable', tableInput(TableName, { pk: 'S' }));
    const all = Array.from({ length: 57 }, (_, n) => `k${n}`).sort();
    for (const pk of all) dynamodb.call('PutItem', { TableName, Item: { pk: { S: pk } } });
    const keys = (found: readonly Page[]) => found.flatMap((page) => page.Items.map((item) => item.pk?.S)).sort();
    expect(keys(pages('Scan', { Limit: 10 }))).toEqual(all);
    const segments = [0, 1, 2].map((Segment) => keys(pages('Scan', { Segment, TotalSegments: 3, Limit: 5 })));
    expect(segments.flat().sort()).toEqual(all);
    expect(segments.every((segment) => segment.length > 0)).toBe(true);
    expect(dynamodb.failure('Scan', { TableName, Segment: 3, TotalSegments: 3 }).message).toContain(
      'is not less than TotalSegments: 3',
    );
  });
});
