// UpdateTable: global indexes added (and filled) or deleted, the stream, billing and protection. All of it at once.

import { AwsError } from '../service.ts';
import { checkTableDefinition } from './check-definition.ts';
import { decodeItem } from './codec.ts';
import { describeTable } from './describe.ts';
import type { Engine } from './engine.ts';
import { validationError } from './errors.ts';
import { names, onlyParameters } from './parameters.ts';
import { type IndexDefinition, indexKey, type Table, type TableDefinition } from './table.ts';

// biome-ignore lint/suspicious/noExplicitAny: a request as the SDK's command takes it
type Input = any;

const KNOWN = names(
  'TableName AttributeDefinitions BillingMode ProvisionedThroughput GlobalSecondaryIndexUpdates StreamSpecification SSESpecification DeletionProtectionEnabled TableClass',
);

export function updateTable(engine: Engine, table: Table, input: Input): object {
  onlyParameters('UpdateTable', input, KNOWN);
  const { definition } = table;
  const indexes = (definition.GlobalSecondaryIndexes ?? []).filter(({ IndexName }) => !deleted(input).has(IndexName));
  const missing = [...deleted(input)].find((name) => !table.indexes.some((index) => index.name === name));
  if (missing !== undefined)
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: Index: ${missing} not found`);
  const added = created(input);
  const all = [...indexes, ...added];
  const next = withDefined(
    {
      ...definition,
      ...changed(input),
      ...stream(table, input),
      GlobalSecondaryIndexes: all.length === 0 ? undefined : all,
      indexNumbers: numbered(definition, added),
    },
    input.AttributeDefinitions ?? definition.AttributeDefinitions,
  );
  checkTableDefinition(next);
  for (const index of table.indexes) if (deleted(input).has(index.name)) engine.store.clearEntries(index.id);
  engine.store.replaceDefinition(table.id, next);
  const updated = engine.remember(table.id, next);
  fill(engine, updated, new Set(added.map(({ IndexName }) => IndexName)));
  return { TableDescription: describeTable(updated, engine.store, 'ACTIVE') };
}

type Updates = ReadonlyArray<{ readonly Create?: IndexDefinition; readonly Delete?: { readonly IndexName: string } }>;

function created(input: Input): IndexDefinition[] {
  return ((input.GlobalSecondaryIndexUpdates ?? []) as Updates).flatMap(({ Create }) => Create ?? []);
}

function deleted(input: Input): Set<string> {
  return new Set(
    ((input.GlobalSecondaryIndexUpdates ?? []) as Updates).flatMap(({ Delete }) => Delete?.IndexName ?? []),
  );
}

function changed(input: Input): Partial<TableDefinition> {
  const members = [
    'BillingMode',
    'ProvisionedThroughput',
    'SSESpecification',
    'DeletionProtectionEnabled',
    'TableClass',
  ];
  const given = members.filter((name) => input[name] !== undefined).map((name) => [name, input[name]]);
  const onDemand = input.BillingMode === 'PAY_PER_REQUEST' ? { ProvisionedThroughput: undefined } : {};
  return { ...onDemand, ...Object.fromEntries(given) };
}

/** AWS wants a stream to be disabled before another is enabled. */
function stream(table: Table, { StreamSpecification }: Input): Partial<TableDefinition> {
  if (StreamSpecification === undefined) return {};
  if (StreamSpecification.StreamEnabled === true && table.stream !== undefined)
    throw validationError('Table already has an enabled stream');
  if (StreamSpecification.StreamEnabled !== true && table.stream === undefined)
    throw validationError('Table is already disabled for streams');
  return { StreamSpecification: StreamSpecification.StreamEnabled === true ? StreamSpecification : undefined };
}

/** Only attributes that are keys of something stay defined. */
function withDefined(definition: TableDefinition, defined: TableDefinition['AttributeDefinitions']): TableDefinition {
  const schemas = [
    definition,
    ...(definition.LocalSecondaryIndexes ?? []),
    ...(definition.GlobalSecondaryIndexes ?? []),
  ];
  const used = new Set(schemas.flatMap((one) => one.KeySchema.map((key) => key.AttributeName)));
  const known = new Map([...definition.AttributeDefinitions, ...defined].map((one) => [one.AttributeName, one]));
  return { ...definition, AttributeDefinitions: [...known.values()].filter((one) => used.has(one.AttributeName)) };
}

function numbered({ indexNumbers }: TableDefinition, added: readonly IndexDefinition[]): Record<string, number> {
  const next = Math.max(-1, ...Object.values(indexNumbers)) + 1;
  return { ...indexNumbers, ...Object.fromEntries(added.map(({ IndexName }, at) => [IndexName, next + at])) };
}

/** Items whose attribute has another type than the index's key are left out, as AWS does on backfill. */
function fill(engine: Engine, table: Table, added: ReadonlySet<string>): void {
  if (added.size === 0) return;
  for (const row of [...engine.store.rows(table.id, undefined)]) {
    const item = decodeItem(row.item);
    for (const index of table.indexes) {
      if (!added.has(index.name)) continue;
      const fits = index.keys.attributes.every(({ name, type }) => item[name]?.[type] !== undefined);
      const at = fits ? indexKey(index, item) : undefined;
      if (at !== undefined) engine.store.addEntry(index.id, at, { hash: row.pk, range: row.sk });
    }
  }
}
