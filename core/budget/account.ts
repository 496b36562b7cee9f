// An account as a plain value: a cap, what is spent, what is reserved. The worst case is reserved before a call, the
// real cost settled after it. A task's share is itself a reservation in its phase: settling it with what the task
// really spent returns the rest to the phase, so the sum of the leaves is the phase and the sum of phases is the run.
// Invariant: spent plus reserved never passes the cap as long as real costs stay within their reservations.

import { IdeaMineError } from '../errors.ts';
import { type Amount, type Dimension, dimensions, mapAmount, minus, nothing, plus } from './amount.ts';

export interface Account {
  readonly cap: Amount;
  readonly spent: Amount;
  readonly reserved: Amount;
}

export type Reservation =
  | { readonly ok: true; readonly account: Account }
  | {
      readonly ok: false;
      readonly short: { readonly dimension: Dimension; readonly wanted: number; readonly left: number };
    };

export const openAccount = (cap: Amount): Account => ({ cap, spent: nothing, reserved: nothing });

/** What may still be reserved. */
export const leftOf = ({ cap, spent, reserved }: Account): Amount => minus(minus(cap, spent), reserved);

export function reserve(account: Account, worst: Amount): Reservation {
  const left = leftOf(account);
  const dimension = dimensions.find((one) => worst[one] > left[one]);
  if (dimension !== undefined) {
    return { ok: false, short: { dimension, wanted: worst[dimension], left: left[dimension] } };
  }
  return { ok: true, account: { ...account, reserved: plus(account.reserved, worst) } };
}

/**
 * Puts the real cost in the place of its reservation. A real cost above its reservation is recorded as it is, since
 * the money is gone, and comes back as `overrun`: a provider whose worst case is none must be known.
 * @throws IdeaMineError `IdeaMine.Budget` when that much is not reserved.
 */
export function settle(
  account: Account,
  reserved: Amount,
  real: Amount,
): { readonly account: Account; readonly overrun: Amount } {
  const missing = dimensions.find((one) => reserved[one] > account.reserved[one]);
  if (missing !== undefined) {
    const found = account.reserved[missing];
    throw new IdeaMineError(
      'IdeaMine.Budget',
      `settling ${reserved[missing]} ${missing}: expected them reserved, found ${found}`,
    );
  }
  const settled = {
    ...account,
    reserved: mapAmount((one) => account.reserved[one] - reserved[one]),
    spent: plus(account.spent, real),
  };
  return { account: settled, overrun: minus(real, reserved) };
}
