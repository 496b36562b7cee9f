// Outside effects of a task: the intent is on record before the act, its result after it. An intent without a result
// is unknown: it may have happened, and nobody repeats it silently.

import type { Json } from '../core/json.ts';
import { effectKey, type TaskName } from './keys.ts';
import { getRow, type Table, transact } from './table.ts';
import { type Lease, leaseCheck } from './task-lease.ts';

export interface EffectRow {
  readonly effect: string;
  /** What makes the act unique outside. */
  readonly key: string;
  readonly status: 'intended' | 'done';
  readonly result?: Json;
}

export const getEffect = (table: Table, name: TaskName, effect: string): Promise<EffectRow | undefined> =>
  getRow<EffectRow>(table, effectKey(name, effect));

/** @returns false when the lease is lost, or there is an intent already. */
export function intendEffect(table: Table, lease: Lease, effect: string, key: string, at: string): Promise<boolean> {
  return transact(table, [
    leaseCheck(table, lease),
    {
      Put: {
        TableName: table.name,
        Item: { ...effectKey(lease.name, effect), effect, key, status: 'intended', intendedAt: at },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
  ]);
}

/** Not under the lease: it has happened, whoever holds the task now. @returns false when there is no open intent. */
export function recordEffect(table: Table, name: TaskName, effect: string, result: Json, at: string): Promise<boolean> {
  return transact(table, [
    {
      Update: {
        TableName: table.name,
        Key: effectKey(name, effect),
        UpdateExpression: 'SET #status = :done, #result = :result, doneAt = :at',
        ConditionExpression: '#status = :intended',
        ExpressionAttributeNames: { '#status': 'status', '#result': 'result' },
        ExpressionAttributeValues: { ':done': 'done', ':intended': 'intended', ':result': result, ':at': at },
      },
    },
  ]);
}
