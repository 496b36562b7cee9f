// Order of attribute values.

import { type AttributeValue, typeOf } from '../attribute-value.ts';
import { compareNumbers } from '../number.ts';

/** Negative, zero or positive; undefined when the types differ or have no order. Texts order by their UTF-8 bytes. */
export function compareValues(a: AttributeValue, b: AttributeValue): number | undefined {
  const type = typeOf(a);
  if (type !== typeOf(b)) return undefined;
  if (type === 'N') return compareNumbers(a.N as string, b.N as string);
  if (type === 'S') return compareTexts(a.S as string, b.S as string);
  if (type === 'B') return Buffer.compare(a.B as Uint8Array, b.B as Uint8Array);
  return undefined;
}

/** As bytes of UTF-8, which differs from JavaScript's order beyond the basic plane. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
