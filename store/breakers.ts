// Circuit breakers, one row for each tool and each model, shared by all workers. A row changes only from the state it was
// seen in, so that of two workers that ask for the one trial one gets it.

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Breaker, closedBreaker } from '../core/resilience/circuit-breaker.ts';
import { breakerKey } from './keys.ts';
import { conditionFailed, getRow, type Table } from './table.ts';

export interface SeenBreaker {
  readonly breaker: Breaker;
  /** Counts the writes; 0 when there is no row. */
  readonly version: number;
}

export async function getBreaker(table: Table, name: string): Promise<SeenBreaker> {
  const row = await getRow<SeenBreaker>(table, breakerKey(name));
  return row === undefined ? { breaker: closedBreaker, version: 0 } : { breaker: row.breaker, version: row.version };
}

/** @returns false when another has changed it since it was seen. */
export async function putBreaker(
  table: Table,
  name: string,
  seen: SeenBreaker,
  breaker: Breaker,
  at: string,
): Promise<boolean> {
  try {
    await table.documents.send(
      new PutCommand({
        TableName: table.name,
        Item: { ...breakerKey(name), name, breaker, version: seen.version + 1, at },
        ConditionExpression: 'attribute_not_exists(pk) OR version = :seen',
        ExpressionAttributeValues: { ':seen': seen.version },
      }),
    );
    return true;
  } catch (error) {
    if (conditionFailed(error)) return false;
    throw error;
  }
}
