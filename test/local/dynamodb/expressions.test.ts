// What DynamoDB Local, AWS's own implementation, answered to each expression, errors word for word.

import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { canonical } from './differential/run.ts';
import { type TestDynamoDB, tableInput, testDynamoDB } from './service.ts';

type Item = Record<string, object>;
type Change = { readonly changed: Item; readonly removed?: string[] };

const golden = JSON.parse(readFileSync(new URL('expressions.golden.json', import.meta.url), 'utf8')) as {
  item: Item;
  values: Item;
  conditions: Record<string, string>;
  updates: Record<string, string | Change>;
  projections: Record<string, string | Item>;
};
const { item, values } = golden;
const Key = { pk: item.pk, sk: item.sk };
const TableName = 'table';
let dynamodb: TestDynamoDB;

beforeEach(() => {
  dynamodb = testDynamoDB();
  dynamodb.call('CreateTable', tableInput(TableName, { pk: 'S', sk: 'S' }));
  dynamodb.call('PutItem', { TableName, Item: item });
});

function valuesIn(text: string): object {
  const used = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(text));
  return used.length === 0 ? {} : { ExpressionAttributeValues: Object.fromEntries(used) };
}

/** The answer, or the error's text. */
function answer(operation: string, input: object): string | Record<string, Item> {
  try {
    return dynamodb.call(operation, input);
  } catch (error) {
    const { name, message } = error as Error;
    return name === 'ConditionalCheckFailedException' ? 'fails' : message;
  }
}

describe('condition', () => {
  it.each(Object.entries(golden.conditions))('%j: %s', (text, expected) => {
    const got = answer('PutItem', { TableName, Item: item, ConditionExpression: text, ...valuesIn(text) });
    expect(typeof got === 'string' ? unordered(got) : 'holds').toBe(unordered(expected));
  });
});

/** AWS shows a set of type names in no defined order. */
function unordered(message: string): string {
  return message.replace(/\{[A-Z,]+\}/, (set) => set.slice(1, -1).split(',').sort().join());
}

describe('update', () => {
  it.each(Object.entries(golden.updates))('%j', (text, expected) => {
    const got = answer('UpdateItem', { TableName, Key, UpdateExpression: text, ...valuesIn(text) });
    if (typeof got === 'string' || typeof expected === 'string') expect(got).toEqual(expected);
    const { changed = {}, removed = [] } = expected as Change;
    const after = { ...item, ...changed };
    for (const name of removed) delete after[name];
    expect(canonical(dynamodb.call('GetItem', { TableName, Key }).Item, false)).toBe(canonical(after, false));
  });
});

describe('projection', () => {
  it.each(Object.entries(golden.projections))('%j', (text, expected) => {
    const got = answer('GetItem', { TableName, Key, ProjectionExpression: text });
    expect(canonical(typeof got === 'string' ? got : got.Item, false)).toBe(canonical(expected, false));
  });
});

describe('names and values', () => {
  const put = (more: object) => dynamodb.failure('PutItem', { TableName, Item: item, ...more }).message;
  const ConditionExpression = 'n = :n';
  const one = { ':n': { N: '5' } };

  it.each([
    [
      { ConditionExpression, ExpressionAttributeValues: one, ExpressionAttributeNames: { '#a': 'a', '#b': 'b' } },
      'Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #b}',
    ],
    [
      { ConditionExpression, ExpressionAttributeValues: { ...one, ':c': { S: 'c' } } },
      'Value provided in ExpressionAttributeValues unused in expressions: keys: {:c}',
    ],
    [
      { ExpressionAttributeNames: { '#a': 'a' } },
      'ExpressionAttributeNames can only be specified when using expressions',
    ],
    [
      { ExpressionAttributeValues: one },
      'ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null',
    ],
    [
      { ConditionExpression, ExpressionAttributeValues: one, ExpressionAttributeNames: {} },
      'ExpressionAttributeNames must not be empty',
    ],
    [{ ConditionExpression, ExpressionAttributeValues: {} }, 'ExpressionAttributeValues must not be empty'],
    [
      { ConditionExpression, ExpressionAttributeValues: one, ExpressionAttributeNames: { a: 'a' } },
      'ExpressionAttributeNames contains invalid key: Syntax error; key: "a"',
    ],
    [
      { ConditionExpression, ExpressionAttributeValues: { n: { N: '5' } } },
      'ExpressionAttributeValues contains invalid key: Syntax error; key: "n"',
    ],
    [
      { ConditionExpression, ExpressionAttributeValues: { ':n': { SS: [] } } },
      'ExpressionAttributeValues contains invalid value: One or more parameter values were invalid: An string set  may not be empty for key :n',
    ],
  ])('%j', (more, message) => expect(put(more)).toBe(message));

  it('of one text may differ from call to call', () => {
    const where = (alias: string, wanted: object) =>
      dynamodb.call('PutItem', {
        TableName,
        Item: item,
        ConditionExpression: '#a = :v',
        ExpressionAttributeNames: { '#a': alias },
        ExpressionAttributeValues: { ':v': wanted },
      });
    where('n', { N: '5' });
    where('s', { S: 'héllo' });
    expect(() => where('n', { N: '6' })).toThrow('The conditional request failed');
  });
});
