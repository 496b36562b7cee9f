// A strict partial order over numbered nodes as bit sets, which is what splitting and joining works on.
// Bits live in BigInts: sets of 200 nodes are compared, intersected and counted as one value.

import type { DurationOf } from '../../core/graph/critical-path.ts';
import type { Graph } from '../../core/graph/graph.ts';
import { topologicalOrder } from '../../core/graph/order.ts';
import { reachability } from '../../core/graph/reachability.ts';
import { transitiveReduction } from '../../core/graph/transitive-reduction.ts';

/** Set of node numbers. Numbers are places in a topological order that keeps node order among equals. */
export type NodeSet = bigint;

export interface Order {
  readonly names: readonly string[];
  /** Everything that must come before the node, at any distance. */
  readonly before: readonly NodeSet[];
  readonly after: readonly NodeSet[];
  /** Nearest predecessors and successors: the transitive reduction, as node numbers. */
  readonly nearestBefore: readonly (readonly number[])[];
  readonly nearestAfter: readonly (readonly number[])[];
  readonly durations: readonly number[];
}

/** @throws RangeError naming the path of a cycle. */
export function orderOf(graph: Graph, durationOf: DurationOf): Order {
  const names = topologicalOrder(graph);
  const place = new Map(names.map((name, index) => [name, index]));
  const reaches = reachability(graph);
  const reduced = transitiveReduction(graph);
  const setWhere = (holds: (other: string) => boolean) =>
    names.reduce((set, other, index) => (holds(other) ? set | (1n << BigInt(index)) : set), 0n);
  const numbers = (list: readonly string[] | undefined) => (list ?? []).map((name) => place.get(name) as number);
  return {
    names,
    before: names.map((name) => setWhere((other) => reaches(other, name))),
    after: names.map((name) => setWhere((other) => reaches(name, other))),
    nearestBefore: names.map((name) => numbers(reduced.before.get(name))),
    nearestAfter: names.map((name) => numbers(reduced.after.get(name))),
    durations: names.map(durationOf),
  };
}

export const has = (set: NodeSet, node: number): boolean => ((set >> BigInt(node)) & 1n) === 1n;

export const setOf = (nodes: readonly number[]): NodeSet => nodes.reduce((set, node) => set | (1n << BigInt(node)), 0n);

/** In ascending order, which is a topological one. */
export function membersOf(set: NodeSet): number[] {
  const bits = set.toString(2);
  const members: number[] = [];
  for (let node = 0; node < bits.length; node += 1) if (bits[bits.length - 1 - node] === '1') members.push(node);
  return members;
}
