// Checks CreateTable's input as AWS does.

import { invalidParameter, validationError } from './errors.ts';
import { required } from './parameters.ts';
import type { IndexDefinition, KeySchemaElement, TableDefinition } from './table.ts';

const MAX_LOCAL_INDEXES = 5;
const MAX_GLOBAL_INDEXES = 20;

export function checkTableDefinition(input: TableDefinition): void {
  required('TableName', input.TableName);
  if (!/^[a-zA-Z0-9_.-]{3,255}$/.test(input.TableName))
    throw validationError(
      "Invalid table/index name.  Table/index names must be between 3 and 255 characters long, and may contain only the characters a-z, A-Z, 0-9, '_', '-', and '.'",
    );
  required('AttributeDefinitions', input.AttributeDefinitions);
  required('KeySchema', input.KeySchema);
  checkThroughput(input);
  const defined = input.AttributeDefinitions.map((one) => one.AttributeName);
  checkKeySchema(input.KeySchema, defined);
  checkIndexes(input, defined);
  const used = new Set(
    [input, ...(input.LocalSecondaryIndexes ?? []), ...(input.GlobalSecondaryIndexes ?? [])].flatMap((one) =>
      one.KeySchema.map((key) => key.AttributeName),
    ),
  );
  if (used.size !== defined.length)
    throw invalidParameter(
      input.LocalSecondaryIndexes === undefined && input.GlobalSecondaryIndexes === undefined
        ? 'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions'
        : `Some AttributeDefinitions are not used. AttributeDefinitions: [${defined.join(', ')}], keys used: [${[...used].join(', ')}]`,
    );
  checkStream(input);
}

function checkThroughput({ BillingMode, ProvisionedThroughput }: TableDefinition): void {
  if (BillingMode === 'PAY_PER_REQUEST') {
    if (ProvisionedThroughput !== undefined)
      throw invalidParameter(
        'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
      );
    return;
  }
  if (!ProvisionedThroughput?.ReadCapacityUnits || !ProvisionedThroughput.WriteCapacityUnits)
    throw invalidParameter(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
}

function checkKeySchema(schema: readonly KeySchemaElement[], defined: readonly string[]): void {
  const keys = schema.map((key) => key.AttributeName);
  if (keys.some((key) => !defined.includes(key)))
    throw invalidParameter(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: [${keys.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
    );
  if (keys[0] === keys[1])
    throw validationError('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  if (schema[0]?.KeyType !== 'HASH')
    throw validationError('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  if (schema[1] !== undefined && schema[1].KeyType !== 'RANGE')
    throw validationError('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
}

function checkIndexes(input: TableDefinition, defined: readonly string[]): void {
  const { LocalSecondaryIndexes: local, GlobalSecondaryIndexes: global } = input;
  if (local?.length === 0) throw invalidParameter('List of LocalSecondaryIndexes is empty');
  if (global?.length === 0) throw invalidParameter('List of GlobalSecondaryIndexes is empty');
  const seen = new Set<string>();
  for (const index of [...(local ?? []), ...(global ?? [])]) {
    checkKeySchema(index.KeySchema, defined);
    checkProjection(index);
    if (seen.has(index.IndexName)) throw invalidParameter(`Duplicate index name: ${index.IndexName}`);
    seen.add(index.IndexName);
  }
  for (const index of local ?? []) checkLocalIndex(input, index);
  if ((local?.length ?? 0) > MAX_LOCAL_INDEXES)
    throw invalidParameter(`Number of LocalSecondaryIndexes exceeds per-table limit of ${MAX_LOCAL_INDEXES}`);
  if ((global?.length ?? 0) > MAX_GLOBAL_INDEXES)
    throw invalidParameter(`GlobalSecondaryIndex count exceeds the per-table limit of ${MAX_GLOBAL_INDEXES}`);
}

function checkProjection({ Projection }: IndexDefinition): void {
  const type = Projection?.ProjectionType;
  if (type === undefined || !['ALL', 'INCLUDE', 'KEYS_ONLY'].includes(type))
    throw invalidParameter(`Unknown ProjectionType: ${type ?? 'null'}`);
  if (Projection.NonKeyAttributes !== undefined && type !== 'INCLUDE')
    throw invalidParameter(`ProjectionType is ${type}, but NonKeyAttributes is specified`);
}

function checkLocalIndex(input: TableDefinition, { IndexName, KeySchema }: IndexDefinition): void {
  if (input.KeySchema.length !== 2)
    throw invalidParameter(
      'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
    );
  if (KeySchema.length !== 2)
    throw invalidParameter(`Index KeySchema does not have a range key for index: ${IndexName}`);
  const [own, table] = [KeySchema[0]?.AttributeName, input.KeySchema[0]?.AttributeName];
  if (own !== table)
    throw invalidParameter(
      `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${IndexName}. index hash key: ${own}, table hash key: ${table}`,
    );
}

function checkStream({ StreamSpecification }: TableDefinition): void {
  if (StreamSpecification === undefined) return;
  const { StreamEnabled, StreamViewType } = StreamSpecification;
  if (StreamEnabled === true && StreamViewType === undefined)
    throw invalidParameter('StreamViewType is required when StreamEnabled is true');
  if (StreamEnabled !== true && StreamViewType !== undefined)
    throw invalidParameter('StreamViewType cannot be specified when StreamEnabled is false');
}
