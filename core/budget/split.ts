// Splits integers so that the parts sum to the whole, to the last unit (largest remainder; ties go to the first).

import { BadInput } from '../errors.ts';
import { type Amount, dimensions, mapAmount } from './amount.ts';

/**
 * @param weights integers of 0 or more, not all 0 unless there is nothing to weigh: then all weigh the same.
 * @returns one part for each weight, in order, summing to `whole`.
 */
export function split(whole: number, weights: readonly number[]): number[] {
  if (!Number.isSafeInteger(whole) || whole < 0)
    throw new BadInput(`split: expected an integer of 0 or more, found ${whole}`);
  if (weights.length === 0) throw new BadInput('split: expected at least one part, found none');
  const bad = weights.find((weight) => !Number.isSafeInteger(weight) || weight < 0);
  if (bad !== undefined) throw new BadInput(`split: expected weights of 0 or more, found ${bad}`);
  // Products of two safe integers need not be safe: BigInt keeps them exact.
  const scaled = weights.every((weight) => weight === 0) ? weights.map(() => 1n) : weights.map(BigInt);
  const total = scaled.reduce((a, b) => a + b, 0n);
  const parts = scaled.map((weight) => (BigInt(whole) * weight) / total);
  const remainders = scaled.map((weight, index) => ({ index, rest: (BigInt(whole) * weight) % total }));
  let left = whole - Number(parts.reduce((a, b) => a + b, 0n));
  remainders.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  for (const { index } of remainders) {
    if (left === 0) break;
    parts[index] = (parts[index] as bigint) + 1n;
    left -= 1;
  }
  return parts.map(Number);
}

/** As `split`, for each dimension on its own. */
export function splitAmount(whole: Amount, weights: readonly number[]): Amount[] {
  const columns = Object.fromEntries(dimensions.map((dimension) => [dimension, split(whole[dimension], weights)]));
  return weights.map((_, index) => mapAmount((dimension) => columns[dimension]?.[index] ?? 0));
}
