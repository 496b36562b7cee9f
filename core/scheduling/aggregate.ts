// Puts the results of a phase's tasks together, always the same way: results come in declared order of their agents
// (and of the shards of one agent), never in the order in which they happened to finish.

import { BadInput } from '../errors.ts';
import { canonicalJson, type Json } from '../json.ts';
import type { Aggregation } from '../pipeline/model.ts';
import { customAggregations } from './custom-aggregations.ts';

export type Aggregate = (results: readonly Json[]) => Json;

/** @throws BadInput when the custom function is not one of `custom`. */
export function aggregate(
  aggregation: Aggregation,
  results: readonly Json[],
  custom: Readonly<Record<string, Aggregate>> = customAggregations,
): Json {
  if (aggregation.kind === 'merge') return merge(results);
  if (aggregation.kind === 'concat') return concat(results);
  if (aggregation.kind === 'vote') return vote(results);
  const name = aggregation.name ?? '';
  if (!Object.hasOwn(custom, name)) {
    throw new BadInput(`aggregation: expected one of ${Object.keys(custom).sort().join(', ')}, found ${name}`);
  }
  return (custom[name] as Aggregate)(results);
}

/** Objects are merged recursively, keys sorted; of anything else the last writer wins. No results: an empty object. */
export function merge(results: readonly Json[]): Json {
  return sortKeys(results.reduce<Json>(mergeTwo, {}));
}

function mergeTwo(earlier: Json, later: Json): Json {
  return isObject(earlier) && isObject(later) ? combine(earlier, later, mergeTwo) : later;
}

function combine(earlier: JsonObject, later: JsonObject, both: (earlier: Json, later: Json) => Json): Json {
  // Entries, not assignment: a key such as __proto__ in a model's answer stays a plain key.
  const combined = new Map(Object.entries(earlier));
  for (const [key, value] of Object.entries(later)) {
    const before = combined.get(key);
    combined.set(key, before === undefined ? value : both(before, value));
  }
  return Object.fromEntries(combined);
}

/**
 * Lists are joined, one level deep; where all results are objects, the lists under each key are, so the shards of one
 * artifact add up to the whole list. What is no list cannot be joined: there the last writer wins.
 */
export function concat(results: readonly Json[]): Json {
  if (results.length > 0 && results.every(isObject)) return sortKeys(results.reduce<Json>(joinTwo, {}));
  return results.flatMap((result) => (Array.isArray(result) ? result : [result]));
}

function joinTwo(earlier: Json, later: Json): Json {
  if (Array.isArray(earlier) && Array.isArray(later)) return [...earlier, ...later];
  return isObject(earlier) && isObject(later) ? combine(earlier, later, joinTwo) : later;
}

/** The most frequent result by canonical JSON; of equally frequent ones the first. No results: null. */
export function vote(results: readonly Json[]): Json {
  const ballots = new Map<string, { result: Json; votes: number }>();
  for (const result of results) {
    const text = canonicalJson(result);
    const ballot = ballots.get(text);
    if (ballot === undefined) ballots.set(text, { result, votes: 1 });
    else ballot.votes += 1;
  }
  let winner: { result: Json; votes: number } | undefined;
  for (const ballot of ballots.values()) {
    if (winner === undefined || ballot.votes > winner.votes) winner = ballot;
  }
  return winner === undefined ? null : winner.result;
}

type JsonObject = { [key: string]: Json };

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sortKeys(member)]),
  );
}
