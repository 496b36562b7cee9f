// TransactWriteItems and TransactGetItems: all or nothing, with a reason per item when nothing.

import { createHash } from 'node:crypto';
import { AwsError, type Operation } from '../service.ts';
import type { Item } from './attribute-value.ts';
import { keyText } from './batch.ts';
import { Capacity, type CapacityDetail, capacityDetail } from './capacity.ts';
import type { Engine } from './engine.ts';
import { validationError } from './errors.ts';
import { readExpressions } from './expressions/request.ts';
import { names, oneOf, onlyParameters, refuseCollectionMetrics, required } from './parameters.ts';
import { selectItem } from './path.ts';
import { readUnits } from './size.ts';
import { type PrimaryKey, refusePathsIntoKeys, type Table } from './table.ts';
import {
  type PlannedWrite,
  type PreparedWrite,
  plan,
  prepareCheck,
  prepareDelete,
  preparePut,
  prepareUpdate,
  target,
} from './writes.ts';

// biome-ignore lint/suspicious/noExplicitAny: a request as the SDK's command takes it
type Input = any;

const MAX_ACTIONS = 100;
const MAX_BYTES = 4 * 1024 * 1024;
const TOKEN_MS = 10 * 60 * 1000;
const MAX_TOKEN_LENGTH = 36;
/** A transaction reads or writes each item twice: to prepare and to commit. */
const CAPACITY_FACTOR = 2;

const WRITE = names('TransactItems ReturnConsumedCapacity ReturnItemCollectionMetrics ClientRequestToken');
const GET = names('TransactItems ReturnConsumedCapacity');
const CONDITION =
  'TableName ConditionExpression ExpressionAttributeNames ExpressionAttributeValues ReturnValuesOnConditionCheckFailure';
const ACTIONS = {
  Put: { known: names(`${CONDITION} Item`), prepare: preparePut },
  Update: { known: names(`${CONDITION} Key UpdateExpression`), prepare: prepareUpdate },
  Delete: { known: names(`${CONDITION} Key`), prepare: prepareDelete },
  ConditionCheck: { known: names(`${CONDITION} Key`), prepare: prepareCheck },
} as const;
const GET_ACTION = names('TableName Key ProjectionExpression ExpressionAttributeNames');

interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Item;
}

export function transactOperations(engine: Engine): Record<string, Operation> {
  return {
    TransactWriteItems: (input) => transactWrite(engine, input),
    TransactGetItems: (input) => transactGet(engine, input),
  };
}

function transactItems(input: Input): Input[] {
  required('TransactItems', input.TransactItems);
  const items = input.TransactItems as Input[];
  if (items.length >= 1 && items.length <= MAX_ACTIONS) return items;
  throw validationError(
    `1 validation error detected: Value '[${items.length} items]' at 'transactItems' failed to satisfy constraint: Member must have length ${items.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${MAX_ACTIONS}`}`,
  );
}

function transactWrite(engine: Engine, input: Input): object {
  onlyParameters('TransactWriteItems', input, WRITE);
  const detail = capacityDetail(input.ReturnConsumedCapacity);
  const prepared = transactItems(input).map((action) => prepareAction(engine, action));
  refuseRepeats(prepared);
  refuseCollectionMetrics(
    input,
    prepared.some(({ table }) => table.indexes.some((index) => !index.global)),
  );
  const token = tokenOf(input);
  if (token !== undefined && isRepeat(engine, token)) return repeated(engine, prepared, detail);
  const planned = planAll(engine, prepared);
  if (planned.reduce((sum, { before, after }) => sum + Math.max(before?.size ?? 0, after?.size ?? 0), 0) > MAX_BYTES)
    throw validationError('Collection size of the transaction request has exceeded the maximum allowed size of 4 MB');
  const capacities = new Map<Table, Capacity>();
  for (const { table, key, before, after } of planned)
    merge(
      capacities,
      table,
      before === after ? checkCapacity(table, before?.size) : engine.write(table, key, before, after),
    );
  if (token !== undefined) remember(engine, token);
  return report(capacities, detail, 'Write');
}

function refuseRepeats(actions: ReadonlyArray<{ table: Table; key: PrimaryKey }>): void {
  const keys = actions.map(({ table, key }) => keyText(table, key));
  if (new Set(keys).size < keys.length)
    throw validationError('Transaction request cannot include multiple operations on one item');
}

function prepareAction(engine: Engine, action: Input): PreparedWrite {
  const present = Object.keys(action).filter((name) => action[name] !== undefined);
  const [name] = present;
  if (present.length !== 1 || name === undefined || !(name in ACTIONS))
    throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
  const { known, prepare } = ACTIONS[name as keyof typeof ACTIONS];
  onlyParameters(`TransactWriteItems.${name}`, action[name], known);
  oneOf('returnValuesOnConditionCheckFailure', action[name].ReturnValuesOnConditionCheckFailure, ['ALL_OLD', 'NONE']);
  if (name === 'Update') required('UpdateExpression', action[name].UpdateExpression);
  return prepare(engine, action[name]);
}

/** @throws AwsError TransactionCanceledException with one reason per action, in their order */
function planAll(engine: Engine, prepared: readonly PreparedWrite[]): PlannedWrite[] {
  const planned: PlannedWrite[] = [];
  const reasons = prepared.map((write): Reason => {
    try {
      planned.push(plan(engine, write));
      return { Code: 'None' };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return reasonOf(error);
    }
  });
  if (planned.length === prepared.length) return planned;
  const codes = reasons.map(({ Code }) => Code).join(', ');
  throw new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    { CancellationReasons: reasons },
  );
}

function reasonOf(error: AwsError): Reason {
  const item = (error.members as { Item?: Item }).Item;
  if (error.name === 'ConditionalCheckFailedException')
    return { Code: 'ConditionalCheckFailed', Message: error.message, ...(item === undefined ? {} : { Item: item }) };
  return { Code: 'ValidationError', Message: error.message };
}

interface Token {
  readonly text: string;
  /** Hash of the request without its token. */
  readonly request: string;
}

function tokenOf(input: Input): Token | undefined {
  const { ClientRequestToken: text, ReturnConsumedCapacity, ReturnItemCollectionMetrics, ...request } = input;
  if (text === undefined || text === null) return undefined;
  if (text.length < 1 || text.length > MAX_TOKEN_LENGTH)
    throw validationError(
      `1 validation error detected: Value '${text}' at 'clientRequestToken' failed to satisfy constraint: Member must have length ${text.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${MAX_TOKEN_LENGTH}`}`,
    );
  return { text, request: createHash('sha256').update(JSON.stringify(request)).digest('hex') };
}

/** @throws AwsError when the token was used for another request in the last ten minutes */
function isRepeat(engine: Engine, token: Token): boolean {
  const known = engine.store.requestOfToken(token.text, engine.fabric.clock.now() - TOKEN_MS);
  if (known === undefined || known === token.request) return known !== undefined;
  throw new AwsError(
    'IdempotentParameterMismatchException',
    'The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical',
  );
}

/** Only what succeeded is remembered: a cancelled transaction may be tried again with its token. */
function remember(engine: Engine, token: Token): void {
  const now = engine.fabric.clock.now();
  engine.store.addToken(token.text, token.request, now, now - TOKEN_MS);
}

/** A repeat changes nothing and costs reading the items. */
function repeated(engine: Engine, prepared: readonly PreparedWrite[], detail: CapacityDetail | undefined): object {
  const capacities = new Map<Table, Capacity>();
  for (const { table, key } of prepared)
    merge(capacities, table, new Capacity(table, readUnits(engine.read(table, key)?.size ?? 0, true)));
  return report(capacities, detail, 'Read');
}

function checkCapacity(table: Table, size = 0): Capacity {
  return new Capacity(table, Math.max(1, Math.ceil(size / 1024)));
}

function merge(capacities: Map<Table, Capacity>, table: Table, capacity: Capacity): void {
  const known = capacities.get(table);
  if (known === undefined) capacities.set(table, capacity);
  else known.merge(capacity);
}

function report(capacities: Map<Table, Capacity>, detail: CapacityDetail | undefined, kind: 'Read' | 'Write'): object {
  if (detail === undefined || detail === 'NONE') return {};
  return { ConsumedCapacity: [...capacities.values()].map((one) => one.report(detail, CAPACITY_FACTOR, kind)) };
}

function transactGet(engine: Engine, input: Input): object {
  onlyParameters('TransactGetItems', input, GET);
  const detail = capacityDetail(input.ReturnConsumedCapacity);
  const capacities = new Map<Table, Capacity>();
  const gets = transactItems(input).map(({ Get }) => {
    required('Get', Get);
    onlyParameters('TransactGetItems.Get', Get, GET_ACTION);
    const { projection, paths } = readExpressions(Get, ['ProjectionExpression']);
    const { table, key } = target(engine, Get);
    refusePathsIntoKeys(table, paths);
    return { table, key, projection };
  });
  refuseRepeats(gets);
  const responses = gets.map(({ table, key, projection }) => {
    const found = engine.read(table, key);
    merge(capacities, table, new Capacity(table, readUnits(found?.size ?? 0, true)));
    if (found === undefined) return {};
    return { Item: projection === undefined ? found.item : selectItem(found.item, projection.selection) };
  });
  return { Responses: responses, ...report(capacities, detail, 'Read') };
}
