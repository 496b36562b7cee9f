// Which node can be reached from which, as one bit per pair: 200 nodes take 5 KB.

import type { Graph } from './graph.ts';
import { topologicalOrder } from './order.ts';

/**
 * Whether there is a way of one edge or more.
 * @throws RangeError when the graph has a cycle, or on asking for an unknown node.
 */
export type Reaches = (from: string, to: string) => boolean;

export function reachability(graph: Graph): Reaches {
  const place = new Map(graph.nodes.map((node, index) => [node, index]));
  const words = Math.ceil(graph.nodes.length / 32);
  const bits = graph.nodes.map(() => new Uint32Array(words));
  for (const node of topologicalOrder(graph).reverse()) {
    const own = bits[place.get(node) as number] as Uint32Array;
    for (const next of graph.after.get(node) ?? []) {
      const index = place.get(next) as number;
      const theirs = bits[index] as Uint32Array;
      for (let word = 0; word < words; word += 1) own[word] = (own[word] as number) | (theirs[word] as number);
      own[index >>> 5] = (own[index >>> 5] as number) | (1 << (index & 31));
    }
  }
  return (from, to) => {
    const source = place.get(from);
    const target = place.get(to);
    if (source === undefined || target === undefined) throw new RangeError(`unknown node in ${from} -> ${to}`);
    return (((bits[source] as Uint32Array)[target >>> 5] as number) & (1 << (target & 31))) !== 0;
  };
}
