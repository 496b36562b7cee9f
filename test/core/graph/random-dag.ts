// Random acyclic graphs: edges only ever lead from an earlier node to a later one, and the nodes are then shuffled,
// so their declared order says nothing.

import fc from 'fast-check';
import { createGraph, type Edge, type Graph } from '../../../core/graph/graph.ts';

export interface Dag {
  readonly graph: Graph;
  readonly durations: ReadonlyMap<string, number>;
}

/** Up to `most` nodes; density from none to about half of all possible edges. */
export function randomDag(most: number): fc.Arbitrary<Dag> {
  return fc
    .record({
      size: fc.integer({ min: 0, max: most }),
      density: fc.double({ min: 0, max: 0.5, noNaN: true }),
      seed: fc.integer(),
    })
    .map(({ size, density, seed }) => {
      const next = uniform(seed);
      const order = Array.from({ length: size }, (_, index) => `n${index}`);
      const edges: Edge[] = [];
      for (let to = 1; to < size; to += 1) {
        for (let from = 0; from < to; from += 1) {
          if (next() < density) edges.push([order[from] as string, order[to] as string]);
        }
      }
      const nodes = order
        .map((node) => ({ node, key: next() }))
        .sort((a, b) => a.key - b.key)
        .map(({ node }) => node);
      const durations = new Map(nodes.map((node) => [node, Math.floor(next() * 100)]));
      return { graph: createGraph(nodes, edges), durations };
    });
}

/** mulberry32: numbers from 0 to 1, cheap enough to draw one for each of 20,000 possible edges. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
