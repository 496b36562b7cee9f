// Custom aggregation `first-known`: for each field the first agent that knows it is believed; later ones fill gaps only.
// A gap is an absent field, null, an UNKNOWN claim, an empty list, or a figure that is unmeasured.

import type { Json } from '../json.ts';

export function firstKnown(results: readonly Json[]): Json {
  return results.reduce<Json>(fill, {});
}

function fill(known: Json, candidate: Json): Json {
  if (isGap(known)) return isGap(candidate) && known !== null ? known : candidate;
  if (!isObject(known) || !isObject(candidate) || isLeaf(known) || isLeaf(candidate)) return known;
  const keys = [...new Set([...Object.keys(known), ...Object.keys(candidate)])].sort();
  return Object.fromEntries(
    keys.map((key) => {
      if (!Object.hasOwn(known, key)) return [key, candidate[key] as Json];
      if (!Object.hasOwn(candidate, key)) return [key, known[key] as Json];
      return [key, fill(known[key] as Json, candidate[key] as Json)];
    }),
  );
}

/** Claims and measured figures are one value each: their parts belong together. */
function isLeaf(value: { [key: string]: Json }): boolean {
  return ('text' in value && 'cites' in value) || value.status === 'measured' || value.status === 'unmeasured';
}

function isGap(value: Json): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (!isObject(value)) return false;
  if (Object.keys(value).length === 0) return true;
  return (value.text === 'UNKNOWN' && 'cites' in value) || value.status === 'unmeasured';
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
