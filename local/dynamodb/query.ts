// Query and Scan: one page of a table or an index, filtered, projected, with the key to go on from.

import type { Operation } from '../service.ts';
import { type AttributeValue, attributeOf, canonicalItem, type Item, itemSize } from './attribute-value.ts';
import { Capacity, capacityDetail } from './capacity.ts';
import { decodeItem } from './codec.ts';
import { type Engine, projectedItem } from './engine.ts';
import { invalidParameter, validationError } from './errors.ts';
import { meets } from './expressions/evaluate.ts';
import type { KeyCondition } from './expressions/key-condition.ts';
import { type Expressions, readExpressions } from './expressions/request.ts';
import { names, oneOf, onlyParameters, positiveLimit } from './parameters.ts';
import { type Path, selectItem } from './path.ts';
import { inSegment, segmentOf } from './segment.ts';
import { MAX_PAGE_BYTES, readUnits } from './size.ts';
import { afterPrefix, compareKeys, type SortKey, sortKey } from './sort-key.ts';
import type { ItemRow, RangeBounds } from './store.ts';
import { type Index, type KeySchema, keyAttributes, primaryKey, refusePathsIntoKeys, type Table } from './table.ts';

// biome-ignore lint/suspicious/noExplicitAny: a request as the SDK's command takes it
type Input = any;

const COMMON =
  'TableName IndexName Select Limit ConsistentRead ExclusiveStartKey FilterExpression ProjectionExpression ExpressionAttributeNames ExpressionAttributeValues ReturnConsumedCapacity';
const QUERY = names(`${COMMON} KeyConditionExpression ScanIndexForward`);
const SCAN = names(`${COMMON} Segment TotalSegments`);
const SELECTS = ['SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'];

export function queryOperations(engine: Engine): Record<string, Operation> {
  return { Query: (input) => query(engine, input), Scan: (input) => scan(engine, input) };
}

/** What Query and Scan share of a checked request. */
interface Reading {
  readonly table: Table;
  readonly index: Index | undefined;
  readonly keys: KeySchema;
  readonly expressions: Expressions;
  readonly startKey: Item | undefined;
  readonly input: Input;
}

function query(engine: Engine, input: Input): object {
  onlyParameters('Query', input, QUERY);
  const expressions = readExpressions(input, ['KeyConditionExpression', 'FilterExpression', 'ProjectionExpression']);
  if (expressions.keyCondition === undefined)
    throw validationError(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  const reading = readingOf(engine, input, expressions);
  const { table, index, keys, startKey } = reading;
  const { hash, range } = conditionsOnKeys(keys, expressions.keyCondition);
  const hashKey = sortKey(hash);
  const bounds = rangeBounds(range);
  if (startKey !== undefined) checkStart(keys, startKey, hashKey, bounds);
  const place: RangeBounds = { ...bounds, forward: input.ScanIndexForward !== false, after: placeOf(reading) };
  const rows =
    index === undefined
      ? engine.store.rowsOfHash(table.id, hashKey, place)
      : engine.store.entriesOfHash(index.id, table.id, hashKey, place);
  // Of a table's rows none can come behind the one at an inclusive bound, nor any at all where the hash key is the whole key.
  const end = endOf(range, place);
  const isLast = (row: ItemRow): boolean =>
    index === undefined &&
    (keys.range === undefined || (end?.inclusive === true && compareKeys(row.sk, end.key) === 0));
  return page(reading, rows, isLast);
}

function scan(engine: Engine, input: Input): object {
  onlyParameters('Scan', input, SCAN);
  const segment = segmentOf(input);
  const reading = readingOf(engine, input, readExpressions(input, ['FilterExpression', 'ProjectionExpression']));
  const { table, index, startKey } = reading;
  const after = startKey === undefined ? undefined : primaryKey(table.keys, startKey);
  const entriesAfter = () => {
    if (startKey === undefined || index === undefined) return undefined;
    return [primaryKey(index.keys, startKey).hash, ...(placeOf(reading) ?? [])];
  };
  const rows =
    index === undefined ? engine.store.rows(table.id, after) : engine.store.entries(index.id, table.id, entriesAfter());
  return page(reading, segment === undefined ? rows : inSegment(rows, segment), () => false);
}

function readingOf(engine: Engine, input: Input, expressions: Expressions): Reading {
  capacityDetail(input.ReturnConsumedCapacity);
  oneOf('select', input.Select, SELECTS);
  positiveLimit(input.Limit);
  const table = engine.table(input.TableName);
  const index = table.indexes.find((one) => one.name === input.IndexName);
  if (input.IndexName !== undefined && input.IndexName !== null && index === undefined)
    throw validationError(`The table does not have the specified index: ${input.IndexName}`);
  if (index?.global === true && input.ConsistentRead === true)
    throw validationError('Consistent reads are not supported on global secondary indexes');
  refusePathsIntoKeys(table, expressions.paths);
  const keys = index?.keys ?? table.keys;
  if (expressions.keyCondition !== undefined) refuseFilterOnKeys(keys, expressions.filterPaths);
  checkSelect(input, index, expressions);
  return { table, index, keys, expressions, startKey: startKeyOf(input, table, index), input };
}

function refuseFilterOnKeys(keys: KeySchema, paths: readonly Path[]): void {
  const filtered = keys.attributes.find(({ name }) => paths.some((path) => path[0] === name));
  if (filtered !== undefined)
    throw validationError(
      `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${filtered.name}`,
    );
}

function checkSelect(input: Input, index: Index | undefined, { projection, filterPaths }: Expressions): void {
  const { Select } = input;
  if (Select === 'SPECIFIC_ATTRIBUTES' && projection === undefined)
    throw validationError(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  if (projection !== undefined && Select !== undefined && Select !== 'SPECIFIC_ATTRIBUTES')
    throw validationError(`Cannot specify the ProjectionExpression when choosing to get ${Select}`);
  if (Select === 'ALL_PROJECTED_ATTRIBUTES' && index === undefined)
    throw invalidParameter('Select type ALL_PROJECTED_ATTRIBUTES is not supported for querying or scanning a table');
  if (index?.projected === undefined) return;
  const unfiltered = unprojected(index, filterPaths);
  if (unfiltered.length > 0)
    throw invalidParameter(
      `Secondary index ${index.name} does not project one or more filter attributes: [${unfiltered.join(', ')}]`,
    );
  if (!index.global) return;
  if (Select === 'ALL_ATTRIBUTES')
    throw invalidParameter(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  const missing = unprojected(index, projection?.paths ?? []);
  if (missing.length > 0)
    throw invalidParameter(`Global secondary index ${index.name} does not project [${missing.join(', ')}]`);
}

/** Top-level attributes of paths that entries of an index do not have. */
function unprojected(index: Index, paths: readonly Path[]): string[] {
  const names = new Set(paths.map((path) => String(path[0])).filter((name) => index.projected?.has(name) !== true));
  return [...names].sort();
}

function startKeyOf(input: Input, table: Table, index: Index | undefined): Item | undefined {
  if (input.ExclusiveStartKey === undefined || input.ExclusiveStartKey === null) return undefined;
  const start = canonicalItem(input.ExclusiveStartKey);
  const expected = new Map(
    [...table.keys.attributes, ...(index?.keys.attributes ?? [])].map((one) => [one.name, one.type]),
  );
  const fits = [...expected].every(([name, type]) => attributeOf(start, name)?.[type] !== undefined);
  if (!fits || Object.keys(start).length !== expected.size)
    throw validationError('The provided starting key is invalid');
  return start;
}

/** Where in the rows of a hash key the page begins: the range key, and through an index the table's key too. */
function placeOf({ table, index, startKey }: Reading): SortKey[] | undefined {
  if (startKey === undefined) return undefined;
  const own = primaryKey(table.keys, startKey);
  return index === undefined ? [own.range] : [primaryKey(index.keys, startKey).range, own.hash, own.range];
}

function conditionsOnKeys(keys: KeySchema, conditions: readonly KeyCondition[]) {
  const on = (name: string | undefined) => conditions.find((condition) => condition.attribute === name);
  const hash = on(keys.hash.name);
  const range = on(keys.range?.name);
  if (hash === undefined) throw validationError(`Query condition missed key schema element: ${keys.hash.name}`);
  if (conditions.length > 1 && range === undefined) {
    if (keys.range === undefined) throw validationError('Query key condition not supported');
    throw validationError(`Query condition missed key schema element: ${keys.range.name}`);
  }
  for (const { name, type } of keys.attributes)
    if (on(name)?.values.some((value) => value[type] === undefined) === true)
      throw invalidParameter('Condition parameter type does not match schema type');
  if (hash.operator !== '=') throw validationError('Query key condition not supported');
  return { hash: hash.values[0] as AttributeValue, range };
}

function rangeBounds(condition: KeyCondition | undefined): Pick<RangeBounds, 'from' | 'to'> {
  if (condition === undefined) return {};
  const [first, second] = condition.values.map(sortKey) as [SortKey, SortKey | undefined];
  const from = { key: first, inclusive: !condition.operator.startsWith('>') || condition.operator === '>=' };
  const to = { key: first, inclusive: condition.operator !== '<' };
  switch (condition.operator) {
    case '=':
      return { from, to };
    case '<':
    case '<=':
      return { to };
    case '>':
    case '>=':
      return { from };
    case 'between':
      return { from, to: { key: second as SortKey, inclusive: true } };
    case 'begins_with': {
      const end = afterPrefix(first);
      return { from, to: end === undefined ? undefined : { key: end, inclusive: false } };
    }
  }
}

/** The bound a query runs up to; DynamoDB does not count on those of = and begins_with. */
function endOf(range: KeyCondition | undefined, { forward, from, to }: RangeBounds): RangeBounds['to'] {
  if (range === undefined || range.operator === '=' || range.operator === 'begins_with') return undefined;
  return forward ? to : from;
}

/** A page begins only where one of the same query could have ended. */
function checkStart(keys: KeySchema, start: Item, hash: SortKey, { from, to }: Pick<RangeBounds, 'from' | 'to'>): void {
  if (compareKeys(sortKey(start[keys.hash.name] as AttributeValue), hash) !== 0)
    throw validationError('The provided starting key is outside query boundaries based on provided conditions');
  if (keys.range === undefined) return;
  const range = sortKey(start[keys.range.name] as AttributeValue);
  const below = from !== undefined && compareKeys(range, from.key) < (from.inclusive ? 0 : 1);
  const above = to !== undefined && compareKeys(range, to.key) > (to.inclusive ? 0 : -1);
  if (below || above) throw validationError('The provided starting key does not match the range key predicate');
}

/**
 * Reads until the limit or 1 MB; both count what is read, before the filter.
 * @param isLast whether no row can follow, whatever the store holds: then there is no key to go on from
 */
function page(reading: Reading, rows: Iterable<ItemRow>, isLast: (row: ItemRow) => boolean): object {
  const { table, index, expressions, input } = reading;
  const limit = positiveLimit(input.Limit) ?? Number.POSITIVE_INFINITY;
  const whole = index?.global !== true && (input.Select === 'ALL_ATTRIBUTES' || expressions.projection !== undefined);
  const items: Item[] = [];
  let [scanned, bytes, count] = [0, 0, 0];
  let last: Item | undefined;
  for (const row of rows) {
    const item = decodeItem(row.item);
    const seen = index === undefined || whole ? item : projectedItem(index, item);
    scanned += 1;
    bytes += seen === item ? row.size : itemSize(seen);
    if (expressions.filter === undefined || meets(seen, expressions.filter)) {
      count += 1;
      if (input.Select !== 'COUNT')
        items.push(expressions.projection === undefined ? seen : selectItem(seen, expressions.projection.selection));
    }
    if (scanned >= limit || bytes >= MAX_PAGE_BYTES) {
      if (!isLast(row)) last = item;
      break;
    }
  }
  const capacity = new Capacity(table, 0);
  capacity.add(index, readUnits(bytes, input.ConsistentRead === true));
  const consumed = capacity.report(capacityDetail(input.ReturnConsumedCapacity));
  return {
    ...(input.Select === 'COUNT' ? {} : { Items: items }),
    Count: count,
    ScannedCount: scanned,
    ...(last === undefined
      ? {}
      : { LastEvaluatedKey: { ...keyAttributes(table.keys, last), ...indexKeys(index, last) } }),
    ...(consumed === undefined ? {} : { ConsumedCapacity: consumed }),
  };
}

function indexKeys(index: Index | undefined, item: Item): Item {
  return index === undefined ? {} : keyAttributes(index.keys, item);
}
