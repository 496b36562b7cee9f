// Custom aggregation `union-by-id`: lists of items that carry an `id` (or `story`) are united, the first item of an id
// wins and the order of first appearance is kept. Objects are united key by key; of anything else the first one wins.

import { canonicalJson, type Json } from '../json.ts';

export function unionById(results: readonly Json[]): Json {
  return results.reduce<Json>(unite, {});
}

function unite(earlier: Json, later: Json): Json {
  if (Array.isArray(earlier) && Array.isArray(later)) return uniteLists(earlier, later);
  if (!isObject(earlier) || !isObject(later)) return earlier;
  const keys = [...new Set([...Object.keys(earlier), ...Object.keys(later)])].sort();
  return Object.fromEntries(
    keys.map((key) => {
      const pair = [earlier, later].filter((one) => Object.hasOwn(one, key)).map((one) => one[key] as Json);
      return [key, pair.length === 2 ? unite(pair[0] as Json, pair[1] as Json) : (pair[0] as Json)];
    }),
  );
}

function uniteLists(earlier: readonly Json[], later: readonly Json[]): Json[] {
  const byName = new Map<string, Json>();
  for (const item of [...earlier, ...later]) {
    const name = nameOf(item);
    if (!byName.has(name)) byName.set(name, item);
  }
  return [...byName.values()];
}

/** Items without an id are the same when they are equal. */
function nameOf(item: Json): string {
  const id = isObject(item) ? (item.id ?? item.story) : undefined;
  return typeof id === 'string' ? `id ${id}` : `value ${canonicalJson(item)}`;
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
