// Quantities as people write them, read to integers: `50k` tokens, `5 min`, `1.5 s`, `0.50` USD, `.75` of a whole.

import { isDecimal, scaleDecimal } from './decimal.ts';
import { leaf, outOfRange, textOf, wrongType } from './leaf.ts';

const MILLIONTHS = 1_000_000;
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };
const DURATION = /^([\d.]+) ?(ms|s|min|h)$/;
const DURATION_PATTERN = '^[0-9]*\\.?[0-9]+ ?(ms|s|min|h)$';

/** A whole number from `least` to `most`. */
export function count(least: number, most: number) {
  return leaf({
    expected: `a whole number from ${least} to ${most}`,
    schema: { type: 'integer', minimum: least, maximum: most },
    read(scalar) {
      if (scalar === null || typeof scalar !== 'object') return wrongType;
      if (!/^[-+]?\d+$/.test(scalar.text)) return wrongType;
      const value = Number(scalar.text);
      return value >= least && value <= most ? { value } : outOfRange;
    },
  });
}

/** A share of a whole, 0 to 1, with at most 6 decimals so that sums can be exact. */
export const share = leaf({
  expected: 'a share from 0 to 1 with at most 6 decimals, such as 0.75',
  schema: { type: 'number', minimum: 0, maximum: 1 },
  read(scalar) {
    if (scalar === null || typeof scalar !== 'object') return wrongType;
    const millionths = scaleDecimal(scalar.text, MILLIONTHS);
    return millionths === null || millionths > MILLIONTHS ? outOfRange : { value: millionths / MILLIONTHS };
  },
});

/** US dollars as decimal text, to micro-USD. */
export const usd = leaf({
  expected: 'US dollars up to 1000000 with at most 6 decimals, such as 0.50',
  schema: { type: 'number', minimum: 0, maximum: 1_000_000 },
  read(scalar) {
    if (scalar === null || typeof scalar !== 'object') return wrongType;
    const micros = scaleDecimal(scalar.text, MILLIONTHS);
    return micros === null || micros > 1_000_000 * MILLIONTHS ? outOfRange : { value: micros };
  },
});

/** `50000`, `50k`, `1.5M`. */
export const tokens = leaf({
  expected: 'tokens from 1 to 1000M, such as 50000 or 50k',
  schema: { type: ['integer', 'string'], minimum: 1, pattern: '^[0-9]*\\.?[0-9]+[kM]?$' },
  read(scalar) {
    const match = /^([\d.]+)([kM]?)$/.exec(textOf(scalar) ?? '');
    if (match === null) return wrongType;
    const value = scaleDecimal(match[1] as string, { k: 1000, M: 1_000_000 }[match[2] as string] ?? 1);
    return value === null || value < 1 || value > 1_000_000_000 ? outOfRange : { value };
  },
});

/** Whole minutes up to 30 days: `15 min`, `2 h`. */
export const minutes = leaf({
  expected: 'a duration of whole minutes up to 720 h, such as 15 min or 2 h',
  schema: { type: 'string', pattern: DURATION_PATTERN },
  read: (scalar) => duration(textOf(scalar), 60_000, 720 * 60),
});

/** Milliseconds up to a day: `1.5 s`, `250 ms`. */
export const milliseconds = leaf({
  expected: 'a duration up to 24 h with its unit, such as 1.5 s or 250 ms',
  schema: { type: 'string', pattern: DURATION_PATTERN },
  read: (scalar) => duration(textOf(scalar), 1, 24 * 3_600_000),
});

function duration(text: string | null, unitMs: number, most: number) {
  const match = DURATION.exec(text ?? '');
  if (match === null || !isDecimal(match[1] as string)) return wrongType;
  const ms = scaleDecimal(match[1] as string, UNIT_MS[match[2] as string] as number);
  if (ms === null || ms % unitMs !== 0 || ms / unitMs > most) return outOfRange;
  return { value: ms / unitMs };
}
