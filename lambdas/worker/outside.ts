// Outside effects: intent first, then the act, then its result. An intent that a dead worker left without a result is
// unknown; it is reported as such and never silently repeated.

import type { Effect } from '../../agents/sdk/context.ts';
import { IdeaMineError } from '../../core/errors.ts';
import { canonicalJson, type Json } from '../../core/json.ts';
import { getEffect, intendEffect, recordEffect } from '../../store/effects.ts';
import type { Table } from '../../store/table.ts';
import type { Keeper } from './lease-keeper.ts';
import { Stopped } from './stop.ts';

export interface Outside {
  readonly table: Table;
  readonly now: () => string;
}

/** @throws IdeaMineError `IdeaMine.EffectUnknown` when an earlier intent has no result. */
export async function performEffect<T>(deps: Outside, keeper: Keeper, name: string, effect: Effect<T>): Promise<T> {
  const { lease } = keeper;
  const known = await getEffect(deps.table, lease.name, name);
  if (known?.status === 'done') return known.result as T;
  if (known !== undefined) {
    throw new IdeaMineError(
      'IdeaMine.EffectUnknown',
      `effect ${name} (${known.key}) was begun and its outcome is not on record: look outside before it is repeated`,
    );
  }
  const intended = await keeper.write(() => intendEffect(deps.table, lease, name, effect.key, deps.now()));
  if (!intended) {
    keeper.stop('lost');
    throw new Stopped('lost');
  }
  const result = JSON.parse(canonicalJson((await effect.do()) ?? null)) as Json;
  await recordEffect(deps.table, lease.name, name, result, deps.now());
  return result as T;
}
