// Brings a table that is already there up to what the assembly declares, as a deployment of the changed stack would.

import type { Make } from './provision.ts';

interface IndexShape {
  readonly IndexName: string;
  readonly KeySchema: readonly object[];
  readonly Projection: object;
}

export interface TableShape {
  readonly TableName: string;
  readonly KeySchema: readonly object[];
  readonly AttributeDefinitions: readonly object[];
  readonly GlobalSecondaryIndexes?: readonly IndexShape[];
  readonly StreamSpecification?: { readonly StreamViewType?: string };
}

/** @throws Error when the keys differ: CloudFormation would replace the table, and its items would be lost */
export function updateTable(make: Make, wanted: TableShape): void {
  const { TableName } = wanted;
  const { Table: found } = make('DynamoDB', 'DescribeTable', { TableName }) as { Table: TableShape };
  if (!same(found.KeySchema, wanted.KeySchema))
    throw new Error(`its keys were ${JSON.stringify(found.KeySchema)}; a table's keys cannot change`);
  updateIndexes(make, found, wanted);
  const [before, after] = [found.StreamSpecification?.StreamViewType, wanted.StreamSpecification?.StreamViewType];
  if (before === after) return;
  const stream = (StreamSpecification: object) => make('DynamoDB', 'UpdateTable', { TableName, StreamSpecification });
  if (before !== undefined) stream({ StreamEnabled: false });
  if (after !== undefined) stream({ StreamEnabled: true, StreamViewType: after });
}

function updateIndexes(make: Make, found: TableShape, wanted: TableShape): void {
  const { TableName, AttributeDefinitions } = wanted;
  const [before, after] = [found.GlobalSecondaryIndexes ?? [], wanted.GlobalSecondaryIndexes ?? []];
  const has = (list: readonly IndexShape[], index: IndexShape) => list.some((one) => sameIndex(one, index));
  const gone = before.filter((index) => !has(after, index)).map(({ IndexName }) => ({ Delete: { IndexName } }));
  const added = after
    .filter((index) => !has(before, index))
    .map(({ IndexName, KeySchema, Projection }) => ({ Create: { IndexName, KeySchema, Projection } }));
  for (const update of [...gone, ...added])
    make('DynamoDB', 'UpdateTable', { TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates: [update] });
}

function sameIndex(a: IndexShape, b: IndexShape): boolean {
  return a.IndexName === b.IndexName && same(a.KeySchema, b.KeySchema) && same(a.Projection, b.Projection);
}

function same(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
