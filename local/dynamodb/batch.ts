// BatchGetItem and BatchWriteItem. Nothing is ever left unprocessed but what goes beyond 16 MB of a BatchGetItem's answer.

import type { Operation } from '../service.ts';
import { canonicalItem, type Item } from './attribute-value.ts';
import { Capacity, type CapacityDetail, capacityDetail } from './capacity.ts';
import { type Engine, tableName } from './engine.ts';
import { validationError } from './errors.ts';
import { readExpressions } from './expressions/request.ts';
import { names, onlyParameters, refuseCollectionMetrics, required } from './parameters.ts';
import { selectItem } from './path.ts';
import { readUnits } from './size.ts';
import { keyOfKey, type PrimaryKey, refusePathsIntoKeys, type Table } from './table.ts';
import { type PreparedWrite, plan, prepareDelete, preparePut } from './writes.ts';

// biome-ignore lint/suspicious/noExplicitAny: a request as the SDK's command takes it
type Input = any;

const MAX_GETS = 100;
const MAX_WRITES = 25;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const GET = names('RequestItems ReturnConsumedCapacity');
const GET_TABLE = names('Keys ConsistentRead ProjectionExpression ExpressionAttributeNames');
const WRITE = names('RequestItems ReturnConsumedCapacity ReturnItemCollectionMetrics');

export function batchOperations(engine: Engine): Record<string, Operation> {
  return {
    BatchGetItem: (input) => batchGet(engine, input),
    BatchWriteItem: (input) => batchWrite(engine, input),
  };
}

/** Text equal for equal keys of one table. */
export function keyText(table: Table, { hash, range }: PrimaryKey): string {
  const part = (key: string | Uint8Array) =>
    typeof key === 'string' ? `s${key}` : `b${Buffer.from(key).toString('hex')}`;
  return JSON.stringify([table.name, part(hash), part(range)]);
}

function requestsByTable(operation: string, input: Input): Array<[string, Input]> {
  required('RequestItems', input.RequestItems);
  const tables = Object.entries(input.RequestItems as Record<string, Input>);
  if (tables.length === 0) throw validationError(`${operation} cannot have a null or no requests set`);
  return tables;
}

function batchGet(engine: Engine, input: Input): object {
  onlyParameters('BatchGetItem', input, GET);
  const detail = capacityDetail(input.ReturnConsumedCapacity);
  const plans = requestsByTable('BatchGetItem', input).map(([name, request]) => planGets(engine, name, request));
  if (plans.reduce((sum, plan) => sum + plan.keys.length, 0) > MAX_GETS)
    throw validationError('Too many items requested for the BatchGetItem call');
  const responses: Record<string, Item[]> = {};
  const unprocessed: Record<string, Input> = {};
  const capacities: Capacity[] = [];
  let bytes = 0;
  for (const { name, table, keys, request, select, consistent } of plans) {
    const capacity = new Capacity(table, 0);
    responses[name] = [];
    for (const [at, key] of keys.entries()) {
      const found = engine.read(table, key);
      if (found !== undefined && bytes + found.size > MAX_ANSWER_BYTES) {
        unprocessed[name] = { ...request, Keys: request.Keys.slice(at) };
        break;
      }
      bytes += found?.size ?? 0;
      capacity.add(undefined, readUnits(found?.size ?? 0, consistent));
      if (found !== undefined) responses[name].push(select(found.item));
    }
    capacities.push(capacity);
  }
  return { Responses: responses, UnprocessedKeys: unprocessed, ...reports(capacities, detail) };
}

function planGets(engine: Engine, name: string, request: Input) {
  onlyParameters('BatchGetItem.RequestItems', request, GET_TABLE);
  const { projection, paths } = readExpressions(request, ['ProjectionExpression']);
  required('Keys', request.Keys);
  const given = (request.Keys as unknown[]).map(canonicalItem);
  if (given.length === 0)
    throw validationError(`The list of keys in RequestItems for BatchGetItem is required: ${name} has empty list`);
  if (given.length > MAX_GETS) throw validationError('Too many items requested for the BatchGetItem call');
  const table = engine.table(name);
  refusePathsIntoKeys(table, paths);
  const keys = given.map((key) => keyOfKey(table, key));
  refuseRepeats(keys.map((key) => keyText(table, key)));
  const select = (item: Item): Item => (projection === undefined ? item : selectItem(item, projection.selection));
  return { name, table, keys, request, select, consistent: request.ConsistentRead === true };
}

function refuseRepeats(texts: readonly string[]): void {
  if (new Set(texts).size < texts.length) throw validationError('Provided list of item keys contains duplicates');
}

function batchWrite(engine: Engine, input: Input): object {
  onlyParameters('BatchWriteItem', input, WRITE);
  const detail = capacityDetail(input.ReturnConsumedCapacity);
  const requests = requestsByTable('BatchWriteItem', input).flatMap(([name, writes]) => {
    if (!Array.isArray(writes) || writes.length === 0)
      throw validationError(`The batch write request list for a table cannot be null or empty: ${name}`);
    return writes.map((write: Input) => ({ name: tableName(name), write }));
  });
  if (requests.length > MAX_WRITES) throw validationError('Too many items requested for the BatchWriteItem call');
  const prepared = requests.map(({ name, write }) => prepareBatchWrite(engine, name, write));
  refuseRepeats(prepared.map(({ table, key }) => keyText(table, key)));
  refuseCollectionMetrics(
    input,
    prepared.some(({ table }) => table.indexes.some((index) => !index.global)),
  );
  const capacities = new Map<Table, Capacity>();
  // All are looked at before the first is written: a request that is refused changes nothing.
  for (const { table, key, before, after } of prepared.map((write) => plan(engine, write))) {
    const capacity = engine.write(table, key, before, after);
    const known = capacities.get(table);
    if (known === undefined) capacities.set(table, capacity);
    else known.merge(capacity);
  }
  return { UnprocessedItems: {}, ...reports([...capacities.values()], detail) };
}

function prepareBatchWrite(engine: Engine, TableName: string, write: Input): PreparedWrite {
  const { PutRequest, DeleteRequest } = write;
  if ((PutRequest === undefined) === (DeleteRequest === undefined))
    throw validationError(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  if (PutRequest !== undefined) return preparePut(engine, { TableName, Item: PutRequest.Item });
  return prepareDelete(engine, { TableName, Key: DeleteRequest.Key });
}

function reports(capacities: readonly Capacity[], detail: CapacityDetail | undefined): object {
  if (detail === undefined || detail === 'NONE') return {};
  return { ConsumedCapacity: capacities.map((capacity) => capacity.report(detail)) };
}
