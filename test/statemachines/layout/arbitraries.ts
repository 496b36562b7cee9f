// Random graphs of phases for the layout's properties: any acyclic graph, and graphs that are series-parallel by making.

import fc from 'fast-check';
import { createGraph, type Edge, type Graph } from '../../../core/graph/graph.ts';
import { inParallel, inSeries, type Layout, leaf } from '../../../statemachines/layout/tree.ts';

export interface Timed {
  readonly graph: Graph;
  readonly durations: ReadonlyMap<string, number>;
}

export const durationIn =
  ({ durations }: Timed) =>
  (id: string): number =>
    durations.get(id) as number;

/** Acyclic by making: edges only lead from a smaller to a larger number; names are shuffled against it. */
export function timedGraph(maxNodes: number): fc.Arbitrary<Timed> {
  return fc
    .record({
      size: fc.integer({ min: 1, max: maxNodes }),
      density: fc.constantFrom(0.01, 0.03, 0.1, 0.3, 0.7),
      seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    })
    .map(({ size, density, seed }) => {
      const next = lehmer(seed);
      const ids = Array.from({ length: size }, (_, index) => `p${(index * 7919) % 10007}`);
      const edges: Edge[] = [];
      for (let from = 0; from < size; from += 1) {
        for (let to = from + 1; to < size; to += 1) {
          if (next() < density) edges.push([ids[from] as string, ids[to] as string]);
        }
      }
      const durations = new Map(ids.map((id) => [id, Math.floor(next() * 60)]));
      return { graph: createGraph(ids.toSorted(), edges), durations };
    });
}

/** A random tree and the graph of all orders it stands for. */
export function seriesParallel(maxNodes: number): fc.Arbitrary<Timed & { readonly tree: Layout }> {
  return fc
    .record({ size: fc.integer({ min: 1, max: maxNodes }), seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }) })
    .map(({ size, seed }) => {
      const next = lehmer(seed);
      let count = 0;
      const grow = (nodes: number): Layout => {
        if (nodes === 1) return leaf(`p${count++}`);
        const first = 1 + Math.floor(next() * (nodes - 1));
        const parts = [grow(first), grow(nodes - first)];
        return next() < 0.5 ? inSeries(parts) : inParallel(parts);
      };
      const tree = grow(size);
      const ids = Array.from({ length: size }, (_, index) => `p${index}`);
      const durations = new Map(ids.map((id) => [id, Math.floor(next() * 60)]));
      return { tree, graph: createGraph(ids, ordersOf(tree)), durations };
    });
}

/** Every pair of which the tree puts the first before the second. */
export function ordersOf(tree: Layout): Edge[] {
  return visit(tree).orders;
}

function visit(tree: Layout): { ids: string[]; orders: Edge[] } {
  if (tree.kind === 'phase') return { ids: [tree.id], orders: [] };
  const parts = (tree.kind === 'series' ? tree.steps : tree.branches).map(visit);
  const orders = parts.flatMap((part) => part.orders);
  if (tree.kind === 'series') {
    for (const [index, earlier] of parts.entries()) {
      for (const later of parts.slice(index + 1)) {
        for (const from of earlier.ids) for (const to of later.ids) orders.push([from, to]);
      }
    }
  }
  return { ids: parts.flatMap((part) => part.ids), orders };
}

/** Numbers from 0 to 1 by seed (Park and Miller's minimal standard). */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
