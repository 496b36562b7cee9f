// What a task spends: the worst case of a call is reserved before it, the real cost settled after it.
// Spent plus reserved never passes the task's share, by condition on what is still free.

import { taskKey } from './keys.ts';
import { type Table, update } from './table.ts';
import type { Lease } from './task-lease.ts';
import type { TaskRow } from './task-row.ts';

export interface Cost {
  readonly tokens: number;
  readonly usdMicros: number;
}

const CONDITION = '#status = :claimed AND epoch = :epoch';

/** @returns undefined when the share does not cover it, or the lease is lost: the row tells which. */
export function reserve(table: Table, lease: Lease, worst: Cost): Promise<TaskRow | undefined> {
  return update<TaskRow>(table, taskKey(lease.name), {
    UpdateExpression:
      'SET freeTokens = freeTokens - :tokens, freeUsdMicros = freeUsdMicros - :usd, reservedTokens = reservedTokens + :tokens, reservedUsdMicros = reservedUsdMicros + :usd',
    ConditionExpression: `${CONDITION} AND freeTokens >= :tokens AND freeUsdMicros >= :usd`,
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':claimed': 'claimed',
      ':epoch': lease.epoch,
      ':tokens': worst.tokens,
      ':usd': worst.usdMicros,
    },
  });
}

/** `cachedTokens` are part of `tokens`. */
export interface RealCost extends Cost {
  readonly cachedTokens?: number;
}

export type AnsweredBy = NonNullable<TaskRow['model']>;

/**
 * Puts the real cost in the place of its reservation, and keeps who answered: a resumed task that finds all its steps
 * done asks nobody, and its artifacts still say who wrote them.
 * @returns undefined when the lease is lost, or the reservation is settled already.
 */
export function settle(
  table: Table,
  lease: Lease,
  worst: Cost,
  real: RealCost,
  by?: AnsweredBy,
): Promise<TaskRow | undefined> {
  const cached = real.cachedTokens ?? 0;
  return update<TaskRow>(table, taskKey(lease.name), {
    UpdateExpression: [
      'SET freeTokens = freeTokens + :leftTokens, freeUsdMicros = freeUsdMicros + :leftUsd,',
      'reservedTokens = reservedTokens - :tokens, reservedUsdMicros = reservedUsdMicros - :usd,',
      'spentTokens = spentTokens + :realTokens, spentUsdMicros = spentUsdMicros + :realUsd,',
      `modelCalls = modelCalls + :one${by === undefined ? '' : ', #model = :by'}`,
      cached === 0 ? '' : ', cachedTokens = if_not_exists(cachedTokens, :zero) + :cached',
    ].join(' '),
    // What is no longer reserved was settled before: a reply that was lost makes nobody richer.
    ConditionExpression: `${CONDITION} AND reservedTokens >= :tokens AND reservedUsdMicros >= :usd`,
    ExpressionAttributeNames: { '#status': 'status', ...(by === undefined ? {} : { '#model': 'model' }) },
    ExpressionAttributeValues: {
      ':claimed': 'claimed',
      ':epoch': lease.epoch,
      ':tokens': worst.tokens,
      ':usd': worst.usdMicros,
      ':realTokens': real.tokens,
      ':realUsd': real.usdMicros,
      ':leftTokens': worst.tokens - real.tokens,
      ':leftUsd': worst.usdMicros - real.usdMicros,
      ':one': 1,
      ...(by === undefined ? {} : { ':by': by }),
      ...(cached === 0 ? {} : { ':zero': 0, ':cached': cached }),
    },
  });
}
