// A table as the service works with it: keys, indexes, stream and expiry, read from its definition once.

import type { AttributeValue, Item } from './attribute-value.ts';
import { attributeOf } from './attribute-value.ts';
import { invalidParameter, validationError } from './errors.ts';
import type { Path } from './path.ts';
import { type SortKey, sortKey } from './sort-key.ts';

type KeyType = 'S' | 'N' | 'B';

interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

export interface KeySchema {
  readonly hash: KeyAttribute;
  readonly range: KeyAttribute | undefined;
  /** hash, and range where there is one. */
  readonly attributes: readonly KeyAttribute[];
}

export interface Index {
  /** Number of the index in the store. */
  readonly id: number;
  readonly name: string;
  readonly global: boolean;
  readonly keys: KeySchema;
  /** Attributes an entry has; undefined means all. */
  readonly projected: ReadonlySet<string> | undefined;
}

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

export interface Table {
  readonly id: number;
  readonly name: string;
  readonly arn: string;
  readonly keys: KeySchema;
  readonly indexes: readonly Index[];
  readonly stream: StreamViewType | undefined;
  /** TTL attribute while time to live is enabled. */
  readonly expiry: string | undefined;
  readonly definition: TableDefinition;
}

export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface IndexDefinition {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: { readonly ProjectionType?: string; readonly NonKeyAttributes?: readonly string[] };
  readonly ProvisionedThroughput?: Throughput;
}

export interface Throughput {
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
}

/** What the store keeps of a table: CreateTable's input and what came after. Times are epoch ms. */
export interface TableDefinition {
  readonly TableName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly AttributeDefinitions: ReadonlyArray<{ readonly AttributeName: string; readonly AttributeType: KeyType }>;
  readonly GlobalSecondaryIndexes?: readonly IndexDefinition[];
  readonly LocalSecondaryIndexes?: readonly IndexDefinition[];
  readonly BillingMode?: string;
  readonly ProvisionedThroughput?: Throughput;
  readonly StreamSpecification?: { readonly StreamEnabled?: boolean; readonly StreamViewType?: StreamViewType };
  readonly SSESpecification?: Readonly<Record<string, unknown>>;
  readonly DeletionProtectionEnabled?: boolean;
  readonly TableClass?: string;
  readonly TableId: string;
  /** Number of each index by its name, unique among those the table has had since it was made. */
  readonly indexNumbers: Readonly<Record<string, number>>;
  readonly createdAt: number;
  readonly timeToLive?: { readonly AttributeName: string; readonly Enabled: boolean };
}

/** Indexes of a table are numbered from its id times this. */
const INDEX_NUMBERS = 1_000_000;

export function tableOf(id: number, definition: TableDefinition, arn: string): Table {
  const types = new Map(definition.AttributeDefinitions.map((one) => [one.AttributeName, one.AttributeType]));
  const keys = keySchemaOf(definition.KeySchema, types);
  const index = (global: boolean, given: IndexDefinition): Index => {
    const own = keySchemaOf(given.KeySchema, types);
    const { ProjectionType, NonKeyAttributes = [] } = given.Projection;
    const projected = new Set([
      ...[...keys.attributes, ...own.attributes].map((attribute) => attribute.name),
      ...(ProjectionType === 'INCLUDE' ? NonKeyAttributes : []),
    ]);
    return {
      id: id * INDEX_NUMBERS + (definition.indexNumbers[given.IndexName] as number),
      name: given.IndexName,
      global,
      keys: own,
      projected: ProjectionType === 'ALL' ? undefined : projected,
    };
  };
  const local = (definition.LocalSecondaryIndexes ?? []).map((given) => index(false, given));
  const global = (definition.GlobalSecondaryIndexes ?? []).map((given) => index(true, given));
  const { StreamSpecification, timeToLive } = definition;
  return {
    id,
    name: definition.TableName,
    arn,
    keys,
    indexes: [...local, ...global],
    stream: StreamSpecification?.StreamEnabled === true ? StreamSpecification.StreamViewType : undefined,
    expiry: timeToLive?.Enabled === true ? timeToLive.AttributeName : undefined,
    definition,
  };
}

function keySchemaOf(elements: readonly KeySchemaElement[], types: ReadonlyMap<string, KeyType>): KeySchema {
  const attributes = elements.map(({ AttributeName }) => ({
    name: AttributeName,
    type: types.get(AttributeName) as KeyType,
  }));
  return { hash: attributes[0] as KeyAttribute, range: attributes[1], attributes };
}

export interface PrimaryKey {
  readonly hash: SortKey;
  /** Empty where the table has no range key. */
  readonly range: SortKey;
}

const MAX_HASH_BYTES = 2048;
const MAX_RANGE_BYTES = 1024;

/** The key of a complete item. */
export function keyOfItem({ keys }: Table, item: Item): PrimaryKey {
  for (const attribute of keys.attributes) {
    const value = attributeOf(item, attribute.name);
    if (value === undefined) throw invalidParameter(`Missing the key ${attribute.name} in the item`);
    if (value[attribute.type] === undefined)
      throw invalidParameter(
        `Type mismatch for key ${attribute.name} expected: ${attribute.type} actual: ${Object.keys(value)[0]}`,
      );
    checkKeyValue(attribute, value, attribute === keys.hash);
  }
  return primaryKey(keys, item);
}

/** The key a `Key` parameter gives: exactly the key attributes. */
export function keyOfKey({ keys }: Table, key: Item): PrimaryKey {
  if (Object.keys(key).length !== keys.attributes.length)
    throw validationError('The provided key element does not match the schema');
  for (const attribute of keys.attributes) {
    const value = attributeOf(key, attribute.name);
    if (value?.[attribute.type] === undefined)
      throw validationError('The provided key element does not match the schema');
    checkKeyValue(attribute, value, attribute === keys.hash);
  }
  return primaryKey(keys, key);
}

export function primaryKey(keys: KeySchema, item: Item): PrimaryKey {
  const hash = sortKey(item[keys.hash.name] as AttributeValue);
  return { hash, range: keys.range === undefined ? '' : sortKey(item[keys.range.name] as AttributeValue) };
}

/** The key attributes of an item. */
export function keyAttributes(keys: KeySchema, item: Item): Item {
  return Object.fromEntries(keys.attributes.map(({ name }) => [name, item[name] as AttributeValue]));
}

function checkKeyValue({ name, type }: KeyAttribute, value: AttributeValue, isHash: boolean): void {
  if (type === 'N') return;
  const size = type === 'S' ? Buffer.byteLength(value.S as string) : (value.B as Uint8Array).byteLength;
  if (size === 0)
    throw validationError(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${type === 'S' ? 'string' : 'binary'} value. Key: ${name}`,
    );
  if (isHash && size > MAX_HASH_BYTES)
    throw invalidParameter(`Size of hashkey has exceeded the maximum size limit of${MAX_HASH_BYTES} bytes`);
  if (!isHash && size > MAX_RANGE_BYTES)
    throw invalidParameter(`Aggregated size of all range keys has exceeded the size limit of ${MAX_RANGE_BYTES} bytes`);
}

/** An item's place in an index; undefined when it lacks one of the index's keys. */
export function indexKey(index: Index, item: Item): PrimaryKey | undefined {
  for (const { name } of index.keys.attributes) if (!Object.hasOwn(item, name)) return undefined;
  return primaryKey(index.keys, item);
}

/** @throws AwsError when an index key attribute of the item has another type or is empty */
export function checkIndexKeys(table: Table, item: Item): void {
  for (const index of table.indexes)
    for (const { name, type } of index.keys.attributes) {
      const value = attributeOf(item, name);
      if (value === undefined) continue;
      if (value[type] === undefined)
        throw invalidParameter(
          `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${Object.keys(value)[0]} IndexName: ${index.name}`,
        );
      const empty = value.S === '' ? 'string' : value.B?.byteLength === 0 ? 'binary' : undefined;
      if (empty !== undefined)
        throw validationError(
          `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${empty} value. IndexName: ${index.name}, IndexKey: ${name}`,
        );
    }
}

/** Key attributes are scalars: a path may end at one but not go into it. */
export function refusePathsIntoKeys(table: Table, paths: readonly Path[]): void {
  const heads = new Set(paths.filter((path) => path.length > 1).map((path) => path[0]));
  if (heads.size === 0) return;
  const refuse = (keys: KeySchema, kind: string): void => {
    const found = keys.attributes.find(({ name }) => heads.has(name));
    if (found !== undefined)
      throw validationError(
        `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ${kind}: ${found.name}`,
      );
  };
  refuse(table.keys, 'Key');
  for (const index of table.indexes) refuse(index.keys, 'IndexKey');
}
