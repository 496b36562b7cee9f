// CreateTable, DescribeTable, UpdateTable, DeleteTable, ListTables and time to live. Tables are active at once.

import { AwsError, type Operation } from '../service.ts';
import { checkTableDefinition } from './check-definition.ts';
import { decodeItem } from './codec.ts';
import { describeTable } from './describe.ts';
import type { Engine } from './engine.ts';
import { namedTableNotFound, validationError } from './errors.ts';
import { expiryOf } from './expiry.ts';
import { names, onlyParameters, required } from './parameters.ts';
import type { Table, TableDefinition } from './table.ts';
import { updateTable } from './update-table.ts';

// biome-ignore lint/suspicious/noExplicitAny: a request as the SDK's command takes it
type Input = any;

const CREATE = names(
  'TableName KeySchema AttributeDefinitions GlobalSecondaryIndexes LocalSecondaryIndexes BillingMode ProvisionedThroughput StreamSpecification SSESpecification DeletionProtectionEnabled TableClass Tags',
);
const ONLY_NAME = names('TableName');
const LIST = names('ExclusiveStartTableName Limit');
const SET_EXPIRY = names('TableName TimeToLiveSpecification');
const MAX_LIST = 100;

export function tableOperations(engine: Engine): Record<string, Operation> {
  return {
    CreateTable: (input) => createTable(engine, input),
    DescribeTable: (input) => {
      onlyParameters('DescribeTable', input, ONLY_NAME);
      return { Table: describeTable(existing(engine, input), engine.store, 'ACTIVE') };
    },
    DeleteTable: (input) => deleteTable(engine, input),
    UpdateTable: (input) => updateTable(engine, existing(engine, input), input),
    ListTables: (input) => listTables(engine, input),
    UpdateTimeToLive: (input) => updateTimeToLive(engine, input),
    DescribeTimeToLive: (input) => {
      onlyParameters('DescribeTimeToLive', input, ONLY_NAME);
      const { timeToLive } = existing(engine, input).definition;
      const enabled = timeToLive?.Enabled === true;
      return {
        TimeToLiveDescription: {
          TimeToLiveStatus: enabled ? 'ENABLED' : 'DISABLED',
          ...(enabled ? { AttributeName: timeToLive.AttributeName } : {}),
        },
      };
    },
  };
}

/** Operations on tables name the table they miss; those on items do not. */
function existing(engine: Engine, input: Input): Table {
  required('TableName', input.TableName);
  const table = engine.find(input.TableName);
  if (table === undefined) throw namedTableNotFound(input.TableName);
  return table;
}

function createTable(engine: Engine, input: Input): object {
  onlyParameters('CreateTable', input, CREATE);
  checkTableDefinition(input);
  if (engine.find(input.TableName) !== undefined)
    throw new AwsError('ResourceInUseException', `Table already exists: ${input.TableName}`);
  const { Tags: _, ...kept } = input;
  const indexes = [...(input.LocalSecondaryIndexes ?? []), ...(input.GlobalSecondaryIndexes ?? [])];
  const definition: TableDefinition = {
    ...kept,
    indexNumbers: Object.fromEntries(indexes.map((index, at) => [index.IndexName, at])),
    TableId: engine.fabric.random.uuid(),
    createdAt: engine.fabric.clock.now(),
  };
  const table = engine.remember(engine.store.addTable(definition), definition);
  return { TableDescription: describeTable(table, engine.store, 'CREATING') };
}

function deleteTable(engine: Engine, input: Input): object {
  onlyParameters('DeleteTable', input, ONLY_NAME);
  const table = existing(engine, input);
  if (table.definition.DeletionProtectionEnabled === true)
    throw validationError(
      'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    );
  const description = describeTable(table, engine.store, 'DELETING');
  engine.expiry.stop(table);
  engine.store.dropTable(
    table.id,
    table.indexes.map((index) => index.id),
  );
  engine.forget(table);
  return { TableDescription: description };
}

function listTables(engine: Engine, input: Input): object {
  onlyParameters('ListTables', input, LIST);
  const limit = input.Limit ?? MAX_LIST;
  const after = [...engine.tables()]
    .map((table) => table.name)
    .sort()
    .filter((name) => input.ExclusiveStartTableName === undefined || name > input.ExclusiveStartTableName);
  const page = after.slice(0, limit);
  return { TableNames: page, ...(after.length > limit ? { LastEvaluatedTableName: page[page.length - 1] } : {}) };
}

function updateTimeToLive(engine: Engine, input: Input): object {
  onlyParameters('UpdateTimeToLive', input, SET_EXPIRY);
  const table = existing(engine, input);
  required('TimeToLiveSpecification', input.TimeToLiveSpecification);
  const { AttributeName, Enabled } = input.TimeToLiveSpecification;
  required('TimeToLiveSpecification.attributeName', AttributeName);
  const before = table.definition.timeToLive;
  if ((before?.Enabled === true) === Enabled)
    throw validationError(`TimeToLive is already ${Enabled ? 'enabled' : 'disabled'}`);
  if (!Enabled && before?.AttributeName !== AttributeName)
    throw validationError(
      `TimeToLive is active on a different AttributeName: current AttributeName is ${before?.AttributeName}`,
    );
  const definition = { ...table.definition, timeToLive: { AttributeName, Enabled } };
  engine.store.replaceDefinition(table.id, definition);
  const changed = engine.remember(table.id, definition);
  engine.expiry.stop(table);
  engine.store.clearExpiries(table.id);
  if (Enabled) takeUpExpiries(engine, changed, AttributeName);
  return { TimeToLiveSpecification: { AttributeName, Enabled } };
}

/** Items that were there before time to live was enabled expire too. */
function takeUpExpiries(engine: Engine, table: Table, attribute: string): void {
  const found = [...engine.store.rows(table.id, undefined)].map((row) => ({
    at: expiryOf(attribute, decodeItem(row.item)),
    key: { hash: row.pk, range: row.sk },
  }));
  for (const { at, key } of found) if (at !== undefined) engine.expiry.add(table, at, key);
}
