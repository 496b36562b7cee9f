// GetItem, PutItem, UpdateItem, DeleteItem.

import type { Operation } from '../service.ts';
import type { Item } from './attribute-value.ts';
import { Capacity, capacityDetail } from './capacity.ts';
import type { Engine, Stored } from './engine.ts';
import { validationError } from './errors.ts';
import { readExpressions } from './expressions/request.ts';
import { names, oneOf, onlyParameters, refuseCollectionMetrics } from './parameters.ts';
import { selectItem, selectionOf } from './path.ts';
import { readUnits } from './size.ts';
import { refusePathsIntoKeys } from './table.ts';
import {
  type PlannedWrite,
  type PreparedWrite,
  plan,
  prepareDelete,
  preparePut,
  prepareUpdate,
  target,
} from './writes.ts';

// biome-ignore lint/suspicious/noExplicitAny: a request as the SDK's command takes it
type Input = any;

const GET = names('TableName Key ConsistentRead ProjectionExpression ExpressionAttributeNames ReturnConsumedCapacity');
const WRITE =
  'TableName ConditionExpression ExpressionAttributeNames ExpressionAttributeValues ReturnValues ReturnConsumedCapacity ReturnItemCollectionMetrics ReturnValuesOnConditionCheckFailure';
const PUT = names(`${WRITE} Item`);
const DELETE = names(`${WRITE} Key`);
const UPDATE = names(`${WRITE} Key UpdateExpression`);
const RETURN_VALUES = ['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW'];

export function itemOperations(engine: Engine): Record<string, Operation> {
  return {
    GetItem: (input) => getItem(engine, input),
    PutItem: (input) => {
      check('PutItem', input, PUT);
      return write(engine, input, preparePut(engine, input), 'PutItem');
    },
    DeleteItem: (input) => {
      check('DeleteItem', input, DELETE);
      return write(engine, input, prepareDelete(engine, input), 'DeleteItem');
    },
    UpdateItem: (input) => {
      check('UpdateItem', input, UPDATE);
      return write(engine, input, prepareUpdate(engine, input), 'UpdateItem');
    },
  };
}

function check(operation: string, input: Input, known: ReadonlySet<string>): void {
  onlyParameters(operation, input, known);
  capacityDetail(input.ReturnConsumedCapacity);
  oneOf('returnValues', input.ReturnValues, RETURN_VALUES);
  oneOf('returnValuesOnConditionCheckFailure', input.ReturnValuesOnConditionCheckFailure, ['ALL_OLD', 'NONE']);
  if (operation !== 'UpdateItem' && !['NONE', 'ALL_OLD', undefined, null].includes(input.ReturnValues))
    throw validationError('ReturnValues can only be ALL_OLD or NONE');
}

function getItem(engine: Engine, input: Input): object {
  onlyParameters('GetItem', input, GET);
  const detail = capacityDetail(input.ReturnConsumedCapacity);
  const { projection, paths } = readExpressions(input, ['ProjectionExpression']);
  const { table, key } = target(engine, input);
  refusePathsIntoKeys(table, paths);
  const found = engine.read(table, key);
  const capacity = new Capacity(table, readUnits(found?.size ?? 0, input.ConsistentRead === true));
  const result: { Item?: Item; ConsumedCapacity?: object } = {};
  if (found !== undefined)
    result.Item = projection === undefined ? found.item : selectItem(found.item, projection.selection);
  const consumed = capacity.report(detail);
  if (consumed !== undefined) result.ConsumedCapacity = consumed;
  return result;
}

function write(engine: Engine, input: Input, prepared: PreparedWrite, operation: string): object {
  refuseCollectionMetrics(
    input,
    prepared.table.indexes.some((index) => !index.global),
  );
  const planned = plan(engine, prepared);
  const capacity = engine.write(planned.table, planned.key, planned.before, planned.after);
  const result: { Attributes?: Item; ConsumedCapacity?: object } = {};
  const attributes = returned(input.ReturnValues, planned, operation);
  if (attributes !== undefined) result.Attributes = attributes;
  const consumed = capacity.report(capacityDetail(input.ReturnConsumedCapacity));
  if (consumed !== undefined) result.ConsumedCapacity = consumed;
  return result;
}

function returned(wanted: string | undefined, write: PlannedWrite, operation: string): Item | undefined {
  if (wanted === 'ALL_OLD') return write.before?.item;
  if (operation !== 'UpdateItem' || wanted === undefined || wanted === 'NONE') return undefined;
  if (wanted === 'ALL_NEW') return write.after?.item;
  return updatedPart(wanted === 'UPDATED_OLD' ? write.before : write.after, write);
}

/** The parts of an item its update names; absent when there are none. */
function updatedPart(stored: Stored | undefined, { expressions }: PlannedWrite): Item | undefined {
  if (stored === undefined || expressions.update === undefined) return undefined;
  const part = selectItem(stored.item, selectionOf(expressions.update.map((action) => action.path)));
  return Object.keys(part).length === 0 ? undefined : part;
}
