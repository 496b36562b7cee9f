// Cases from AWS's API reference (TransactWriteItems, TransactGetItems) and developer guide ("DynamoDB transactions").

import { beforeEach, describe, expect, it } from '@jest/globals';
import { type TestDynamoDB, tableInput, testDynamoDB } from './service.ts';

const TableName = 'table';
const key = (pk: string) => ({ pk: { S: pk } });
let dynamodb: TestDynamoDB;

beforeEach(() => {
  dynamodb = testDynamoDB();
  dynamodb.call('CreateTable', tableInput(TableName, { pk: 'S' }, { index: { keys: { g: 'S' } } }));
  dynamodb.call('PutItem', { TableName, Item: { ...key('there'), n: { N: '1' } } });
});

const write = (...TransactItems: object[]) => ({ TransactItems });
const put = (pk: string, more: object = {}, condition: object = {}) => ({
  Put: { TableName, Item: { ...key(pk), ...more }, ...condition },
});
const ifNew = { ConditionExpression: 'attribute_not_exists(pk)' };
const get = (pk: string) => dynamodb.call('GetItem', { TableName, Key: key(pk) }).Item;
const increment = {
  Update: {
    TableName,
    Key: key('there'),
    UpdateExpression: 'SET n = n + :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  },
};

describe('TransactWriteItems', () => {
  it('does everything', () => {
    dynamodb.call('PutItem', { TableName, Item: key('gone') });
    dynamodb.call(
      'TransactWriteItems',
      write(
        put('new', {}, ifNew),
        increment,
        { Delete: { TableName, Key: key('gone') } },
        {
          ConditionCheck: { TableName, Key: key('absent'), ConditionExpression: 'attribute_not_exists(pk)' },
        },
      ),
    );
    expect(get('new')).toEqual(key('new'));
    expect(get('there')).toEqual({ ...key('there'), n: { N: '2' } });
    expect(get('gone')).toBeUndefined();
    expect(get('absent')).toBeUndefined();
  });

  it('does nothing when one condition fails, and gives a reason for each', () => {
    const shown = { ...ifNew, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
    expect(
      dynamodb.failure(
        'TransactWriteItems',
        write(put('new'), put('there', {}, shown), increment.Update ? put('third') : {}),
      ),
    ).toEqual({
      name: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, None]',
      CancellationReasons: [
        { Code: 'None' },
        {
          Code: 'ConditionalCheckFailed',
          Message: 'The conditional request failed',
          Item: { ...key('there'), n: { N: '1' } },
        },
        { Code: 'None' },
      ],
    });
    expect(dynamodb.call('Scan', { TableName }).Count).toBe(1);
  });

  it('gives an update that does not fit its item, and a wrong index key, as reasons', () => {
    const wrong = { Update: { ...increment.Update, Key: key('absent') } };
    expect(dynamodb.failure('TransactWriteItems', write(wrong, put('new', { g: { N: '1' } })))).toMatchObject({
      message: expect.stringContaining('[ValidationError, ValidationError]'),
      CancellationReasons: [
        {
          Code: 'ValidationError',
          Message: 'The provided expression refers to an attribute that does not exist in the item',
        },
        { Code: 'ValidationError', Message: expect.stringContaining('Type mismatch for Index Key g') },
      ],
    });
    expect(get('new')).toBeUndefined();
  });

  it('refuses at once what no item could make right', () => {
    const fails = (...actions: object[]) => dynamodb.failure('TransactWriteItems', write(...actions));
    expect(fails(put('a'), { Delete: { TableName, Key: key('a') } })).toEqual({
      name: 'ValidationException',
      message: 'Transaction request cannot include multiple operations on one item',
    });
    expect(fails(put('a', {}, { ConditionExpression: 'a = ' })).name).toBe('ValidationException');
    expect(fails(...Array.from({ length: 101 }, (_, n) => put(`${n}`))).message).toContain('less than or equal to 100');
    expect(fails().message).toContain('greater than or equal to 1');
    expect(fails({ ...put('a'), ...increment }).message).toBe(
      'TransactItems can only contain one of Check, Put, Update or Delete',
    );
    const large = Array.from({ length: 11 }, (_, n) => put(`${n}`, { x: { S: 'x'.repeat(399 * 1024) } }));
    expect(fails(...large).message).toContain('4 MB');
    expect(dynamodb.call('Scan', { TableName }).Count).toBe(1);
  });

  it('with a token happens once in ten minutes', () => {
    const input = { ...write(increment), ClientRequestToken: 'token', ReturnConsumedCapacity: 'TOTAL' };
    const capacity = (kind: string) => [{ TableName, CapacityUnits: 2, [`${kind}CapacityUnits`]: 2 }];
    expect(dynamodb.call('TransactWriteItems', input)).toEqual({ ConsumedCapacity: capacity('Write') });
    expect(dynamodb.call('TransactWriteItems', input)).toEqual({ ConsumedCapacity: capacity('Read') });
    expect(get('there').n).toEqual({ N: '2' });
    expect(dynamodb.failure('TransactWriteItems', { ...write(put('x')), ClientRequestToken: 'token' }).name).toBe(
      'IdempotentParameterMismatchException',
    );
    dynamodb.fabric.advanceTo(dynamodb.fabric.clock.now() + 10 * 60_000 + 1);
    dynamodb.call('TransactWriteItems', input);
    expect(get('there').n).toEqual({ N: '3' });
  });

  it('forgets the token of a transaction that was cancelled', () => {
    const input = { ...write(put('there', {}, ifNew)), ClientRequestToken: 'token' };
    expect(dynamodb.failure('TransactWriteItems', input).name).toBe('TransactionCanceledException');
    dynamodb.call('DeleteItem', { TableName, Key: key('there') });
    dynamodb.call('TransactWriteItems', input);
    expect(get('there')).toEqual(key('there'));
  });
});

describe('TransactGetItems', () => {
  it('reads in order, with holes', () => {
    const one = (pk: string, more: object = {}) => ({ Get: { TableName, Key: key(pk), ...more } });
    const got = dynamodb.call('TransactGetItems', {
      ...write(one('absent'), one('there', { ProjectionExpression: 'n' })),
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(got).toEqual({
      Responses: [{}, { Item: { n: { N: '1' } } }],
      ConsumedCapacity: [{ TableName, CapacityUnits: 4, ReadCapacityUnits: 4 }],
    });
    expect(dynamodb.failure('TransactGetItems', write(one('a'), one('a'))).message).toContain(
      'multiple operations on one item',
    );
  });
});
