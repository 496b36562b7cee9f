// Key values as SQLite sorts them: texts by their UTF-8 bytes, numbers as sortable text, binaries by their bytes.

import type { AttributeValue } from './attribute-value.ts';
import { compareTexts } from './expressions/compare.ts';
import { sortableNumber } from './number.ts';

export type SortKey = string | Uint8Array;

/** @param value a canonical S, N or B */
export function sortKey(value: AttributeValue): SortKey {
  if (value.S !== undefined) return value.S;
  return value.N !== undefined ? sortableNumber(value.N) : (value.B as Uint8Array);
}

/** Order of two keys of one attribute, as the store has it: -1, 0 or 1. */
export function compareKeys(a: SortKey, b: SortKey): number {
  if (typeof a === 'string' && typeof b === 'string') return Math.sign(compareTexts(a, b));
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** The least key greater than every key with this prefix; undefined when there is none. */
export function afterPrefix(prefix: SortKey): SortKey | undefined {
  return typeof prefix === 'string' ? afterText(prefix) : afterBytes(prefix);
}

function afterText(prefix: string): string | undefined {
  const points = Array.from(prefix);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    const next = (last.codePointAt(0) as number) + 1;
    if (next > 0x10ffff) continue;
    return points.join('') + String.fromCodePoint(next >= 0xd800 && next <= 0xdfff ? 0xe000 : next);
  }
  return undefined;
}

function afterBytes(prefix: Uint8Array): Uint8Array | undefined {
  for (let length = prefix.byteLength; length > 0; length -= 1) {
    const last = prefix[length - 1] as number;
    if (last === 0xff) continue;
    const next = prefix.slice(0, length);
    next[length - 1] = last + 1;
    return next;
  }
  return undefined;
}
