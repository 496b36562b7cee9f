// One write of one item in two steps: prepare checks everything that needs no item, `plan` looks at the item and decides.
// Single operations, batches and transactions all go through here, so that they agree.

import { canonicalItem, type Item, itemSize } from './attribute-value.ts';
import { type Engine, Stored, tableName } from './engine.ts';
import { conditionFailed, invalidParameter, validationError } from './errors.ts';
import type { Condition } from './expressions/bind.ts';
import { meets } from './expressions/evaluate.ts';
import { type Expressions, readExpressions } from './expressions/request.ts';
import { applyUpdate } from './expressions/update.ts';
import { required } from './parameters.ts';
import { MAX_ITEM_BYTES } from './size.ts';
import { checkIndexKeys, keyOfItem, keyOfKey, type PrimaryKey, refusePathsIntoKeys, type Table } from './table.ts';

// biome-ignore lint/suspicious/noExplicitAny: a request as the SDK's command takes it
type Input = any;

export interface PreparedWrite {
  readonly table: Table;
  readonly key: PrimaryKey;
  readonly condition: Condition | undefined;
  readonly expressions: Expressions;
  /** Give the item with a failed condition. */
  readonly showOnFailure: boolean;
  /** What is wrong before the condition is looked at, yet in a transaction is a reason to cancel. Throws AwsError. */
  readonly check?: () => void;
  /** The item after the write, from the one before. A condition check gives back what it got. */
  next(old: Stored | undefined): Stored | undefined;
}

export interface PlannedWrite extends PreparedWrite {
  readonly before: Stored | undefined;
  readonly after: Stored | undefined;
}

/** @throws AwsError ConditionalCheckFailedException, or ValidationException when an update does not fit the item */
export function plan(engine: Engine, prepared: PreparedWrite): PlannedWrite {
  prepared.check?.();
  const before = engine.read(prepared.table, prepared.key);
  if (prepared.condition !== undefined && !meets(before?.item ?? {}, prepared.condition))
    throw conditionFailed(prepared.showOnFailure ? before?.item : undefined);
  return { ...prepared, before, after: prepared.next(before) };
}

export function preparePut(engine: Engine, input: Input): PreparedWrite {
  tableName(input.TableName);
  required('Item', input.Item);
  const item = canonicalItem(input.Item);
  refuseEmptyNames(item);
  const size = itemSize(item);
  if (size > MAX_ITEM_BYTES) throw validationError('Item size has exceeded the maximum allowed size');
  const expressions = readExpressions(input, ['ConditionExpression']);
  const table = engine.table(input.TableName);
  const key = keyOfItem(table, item);
  const stored = Stored.of(item);
  const write = prepared(table, key, expressions, input, () => stored);
  return { ...write, check: () => checkIndexKeys(table, item) };
}

export function prepareDelete(engine: Engine, input: Input): PreparedWrite {
  const expressions = readExpressions(input, ['ConditionExpression']);
  const { table, key } = target(engine, input);
  return prepared(table, key, expressions, input, () => undefined);
}

export function prepareCheck(engine: Engine, input: Input): PreparedWrite {
  required('ConditionExpression', input.ConditionExpression);
  const expressions = readExpressions(input, ['ConditionExpression']);
  const { table, key } = target(engine, input);
  return prepared(table, key, expressions, input, (old) => old);
}

export function prepareUpdate(engine: Engine, input: Input): PreparedWrite {
  const expressions = readExpressions(input, ['UpdateExpression', 'ConditionExpression']);
  const { table, key, given } = target(engine, input);
  const actions = expressions.update ?? [];
  for (const { name } of table.keys.attributes)
    if (actions.some((action) => action.path[0] === name))
      throw invalidParameter(`Cannot update attribute ${name}. This attribute is part of the key`);
  return prepared(table, key, expressions, input, (old) => {
    const item = applyUpdate(old?.item ?? given, actions);
    checkIndexKeys(table, item);
    const next = Stored.of(item);
    if (next.size > MAX_ITEM_BYTES) throw validationError('Item size to update has exceeded the maximum allowed size');
    return next;
  });
}

/** The table and key of a request with a `Key`. */
export function target(engine: Engine, input: Input): { table: Table; key: PrimaryKey; given: Item } {
  tableName(input.TableName);
  required('Key', input.Key);
  const given = canonicalItem(input.Key);
  const table = engine.table(input.TableName);
  return { table, key: keyOfKey(table, given), given };
}

function prepared(
  table: Table,
  key: PrimaryKey,
  expressions: Expressions,
  input: Input,
  next: PreparedWrite['next'],
): PreparedWrite {
  refusePathsIntoKeys(table, expressions.paths);
  const showOnFailure = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
  return { table, key, condition: expressions.condition, expressions, showOnFailure, next };
}

function refuseEmptyNames(item: Item): void {
  if (Object.hasOwn(item, '')) throw validationError('Empty attribute name');
}
