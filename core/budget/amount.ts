// What can be spent, in integers: tokens, tool time in milliseconds, money in millionths of a US dollar.

import { BadInput } from '../errors.ts';
import type { PhaseBudget } from '../pipeline/model.ts';

export interface Amount {
  readonly tokens: number;
  readonly toolMs: number;
  readonly usdMicros: number;
}

export const dimensions = ['tokens', 'toolMs', 'usdMicros'] as const;
type Dimension = (typeof dimensions)[number];

const nothing: Amount = { tokens: 0, toolMs: 0, usdMicros: 0 };

/** @throws BadInput when the parts are not integers of 0 or more, or too large to be exact. */
export function amountOf(parts: Partial<Amount>): Amount {
  const amount = { ...nothing, ...parts };
  for (const dimension of dimensions) {
    const value = amount[dimension];
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new BadInput(`${dimension}: expected an integer of 0 or more, found ${value}`);
    }
  }
  return amount;
}

/** The part of a phase's budget that is spent; wall time passes by itself. */
export function phaseAmount(budget: PhaseBudget): Amount {
  return amountOf({
    tokens: budget.tokens,
    toolMs: Math.round(budget.toolMinutes * 60_000),
    usdMicros: budget.usdMicros,
  });
}

export const plus = (a: Amount, b: Amount): Amount => mapAmount((dimension) => a[dimension] + b[dimension]);

/** Never below nothing. */
export const minus = (a: Amount, b: Amount): Amount =>
  mapAmount((dimension) => Math.max(0, a[dimension] - b[dimension]));

export const sum = (amounts: readonly Amount[]): Amount => amounts.reduce(plus, nothing);

export function mapAmount(of: (dimension: Dimension) => number): Amount {
  return { tokens: of('tokens'), toolMs: of('toolMs'), usdMicros: of('usdMicros') };
}
