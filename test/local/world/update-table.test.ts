import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openWorld, type World } from '../../../local/world.ts';
import { START } from '../fabric.ts';
import { arn, assemblyWith, resource } from '../iam/assembly.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'update-table-'));
});

afterEach(() => rmSync(dir, { recursive: true }));

const key = (AttributeName: string) => [{ AttributeName, KeyType: 'HASH' }];
const defined = (...names: string[]) => names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));

/** Opens the one store with a template whose table has these properties, and closes it after the work. */
async function deployed(properties: object, work: (world: World) => Promise<void>): Promise<void> {
  const table = resource('Table', 'AWS::DynamoDB::Table', 'table', arn('dynamodb', 'table/table'), {
    KeySchema: key('pk'),
    AttributeDefinitions: defined('pk'),
    BillingMode: 'PAY_PER_REQUEST',
    ...properties,
  });
  const world = await openWorld({
    assembly: assemblyWith([], [table]),
    file: join(dir, 'store.sqlite'),
    clock: { kind: 'virtual', start: START },
  });
  try {
    await work(world);
  } finally {
    await world.close();
  }
}

const withIndex = (name: string) => ({
  AttributeDefinitions: defined('pk', name),
  GlobalSecondaryIndexes: [{ IndexName: name, KeySchema: key(name), Projection: { ProjectionType: 'ALL' } }],
});
const found = async (world: World, name: string) => {
  const { Items } = await world.call('DynamoDB', 'Query', {
    TableName: 'table',
    IndexName: name,
    KeyConditionExpression: `${name} = :v`,
    ExpressionAttributeValues: { ':v': { S: 'x' } },
  });
  return Items.length;
};

it('gives a table that is there the indexes and the stream of the changed template, and keeps its items', async () => {
  await deployed({}, async (world) => {
    const Item = { pk: { S: '1' }, aa: { S: 'x' }, bb: { S: 'x' } };
    await world.call('DynamoDB', 'PutItem', { TableName: 'table', Item });
  });
  await deployed(withIndex('aa'), async (world) => expect(await found(world, 'aa')).toBe(1));
  const changed = { ...withIndex('bb'), StreamSpecification: { StreamViewType: 'NEW_IMAGE' } };
  await deployed(changed, async (world) => {
    expect(await found(world, 'bb')).toBe(1);
    await expect(found(world, 'aa')).rejects.toThrow('does not have the specified index: aa');
    const { Table } = await world.call('DynamoDB', 'DescribeTable', { TableName: 'table' });
    expect(Table.StreamSpecification).toMatchObject({ StreamViewType: 'NEW_IMAGE' });
  });
  await deployed(changed, async (world) => expect(await found(world, 'bb')).toBe(1));
});

it('refuses other keys, naming the table', async () => {
  await deployed({}, async () => undefined);
  const other = deployed({ KeySchema: key('id'), AttributeDefinitions: defined('id') }, async () => undefined);
  await expect(other).rejects.toThrow(/^Table \(AWS::DynamoDB::Table\) cannot be made: .*a table's keys cannot change/);
});
