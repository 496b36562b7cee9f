// What holds of every acyclic graph up to 200 nodes.

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { criticalPath, earliestStarts, levelsLength, sequenceLength } from '../../../core/graph/critical-path.ts';
import { createGraph, edgesOf, type Graph } from '../../../core/graph/graph.ts';
import { levels, topologicalOrder } from '../../../core/graph/order.ts';
import { reachability } from '../../../core/graph/reachability.ts';
import { transitiveReduction } from '../../../core/graph/transitive-reduction.ts';
import { randomDag } from './random-dag.ts';

const dags = randomDag(200);
const runs = { numRuns: 60 };

/** Reachability the slow and obvious way. */
function walk(graph: Graph, from: string): Set<string> {
  const seen = new Set<string>();
  const left = [...(graph.after.get(from) ?? [])];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    left.push(...(graph.after.get(node) ?? []));
  }
  return seen;
}

describe('an acyclic graph', () => {
  it('is ordered so that every node comes after its predecessors', () => {
    fc.assert(
      fc.property(dags, ({ graph }) => {
        const order = topologicalOrder(graph);
        expect(order.toSorted()).toEqual(graph.nodes.toSorted());
        const place = new Map(order.map((node, index) => [node, index]));
        const backward = edgesOf(graph).filter(
          ([from, to]) => (place.get(from) as number) >= (place.get(to) as number),
        );
        expect(backward).toEqual([]);
      }),
      runs,
    );
  });

  it('puts a node one level below its deepest predecessor', () => {
    fc.assert(
      fc.property(dags, ({ graph }) => {
        const level = new Map(levels(graph).flatMap((nodes, index) => nodes.map((node) => [node, index] as const)));
        for (const node of graph.nodes) {
          const above = (graph.before.get(node) ?? []).map((earlier) => level.get(earlier) as number);
          expect(level.get(node)).toBe(Math.max(-1, ...above) + 1);
        }
      }),
      runs,
    );
  });

  it('answers reachability as a walk would', () => {
    fc.assert(
      fc.property(randomDag(70), ({ graph }) => {
        const reaches = reachability(graph);
        for (const from of graph.nodes) {
          const seen = walk(graph, from);
          expect(graph.nodes.filter((to) => reaches(from, to))).toEqual(graph.nodes.filter((to) => seen.has(to)));
        }
      }),
      runs,
    );
  });

  it('reduces to the fewest edges that reach the same', () => {
    fc.assert(
      fc.property(randomDag(60), ({ graph }) => {
        const reduced = transitiveReduction(graph);
        const [before, after] = [reachability(graph), reachability(reduced)];
        for (const from of graph.nodes) {
          expect(graph.nodes.filter((to) => after(from, to))).toEqual(graph.nodes.filter((to) => before(from, to)));
        }
        const superfluous = edgesOf(reduced).filter(([from, to]) => {
          const others = edgesOf(reduced).filter((edge) => edge[0] !== from || edge[1] !== to);
          return walk(createGraph(graph.nodes, others), from).has(to);
        });
        expect(superfluous).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('has a critical path that is a chain, as long as the longest chain, no longer than any other schedule', () => {
    fc.assert(
      fc.property(dags, ({ graph, durations }) => {
        const durationOf = (node: string) => durations.get(node) as number;
        const { nodes, length } = criticalPath(graph, durationOf);
        for (const [index, node] of nodes.slice(0, -1).entries()) {
          expect(graph.after.get(node)).toContain(nodes[index + 1]);
        }
        expect(nodes.reduce((sum, node) => sum + durationOf(node), 0)).toBe(length);
        const starts = earliestStarts(graph, durationOf);
        const endOf = (node: string) => (starts.get(node) as number) + durationOf(node);
        expect(graph.nodes.filter((node) => endOf(node) > length)).toEqual([]);
        expect(edgesOf(graph).filter(([from, to]) => (starts.get(to) as number) < endOf(from))).toEqual([]);
        const byLevel = levelsLength(levels(graph), durationOf);
        expect(length).toBeLessThanOrEqual(byLevel);
        expect(byLevel).toBeLessThanOrEqual(sequenceLength(graph, durationOf));
        expect(criticalPath(transitiveReduction(graph), durationOf).length).toBe(length);
      }),
      runs,
    );
  });

  it('gives the same path every time when several are equally long', () => {
    const graph = createGraph(
      ['start', 'right', 'left', 'end'],
      [
        ['start', 'left'],
        ['start', 'right'],
        ['left', 'end'],
        ['right', 'end'],
      ],
    );
    expect(criticalPath(graph, () => 5)).toEqual({ nodes: ['start', 'right', 'end'], length: 15 });
  });

  it('is required: a cycle is refused by name', () => {
    const ring = createGraph(
      ['a', 'b'],
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
    );
    for (const compute of [levels, topologicalOrder, reachability, transitiveReduction]) {
      expect(() => compute(ring)).toThrow('a -> b -> a');
    }
  });

  it('may be empty', () => {
    const empty = createGraph([], []);
    expect(levels(empty)).toEqual([]);
    expect(criticalPath(empty, () => 1)).toEqual({ nodes: [], length: 0 });
  });
});
