// The invariants of statemachines/layout/lay-out.ts by their numbers.

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { criticalPath, levelsLength } from '../../../core/graph/critical-path.ts';
import { createGraph, edgesOf, type Graph } from '../../../core/graph/graph.ts';
import { levels } from '../../../core/graph/order.ts';
import { layOut } from '../../../statemachines/layout/lay-out.ts';
import { makespan, phasesOf } from '../../../statemachines/layout/tree.ts';
import { durationIn, ordersOf, seriesParallel, type Timed, timedGraph } from './arbitraries.ts';

const LARGE = { numRuns: 12 };

describe('any graph', () => {
  it('1, 2: keeps every phase once and every order; never slower than level by level', () => {
    fc.assert(
      fc.property(timedGraph(200), (timed) => {
        const result = layOut(timed.graph, durationIn(timed));
        expect(phasesOf(result.layout).toSorted()).toEqual(timed.graph.nodes.toSorted());
        const kept = new Set(ordersOf(result.layout).map(String));
        expect(edgesOf(timed.graph).filter((edge) => !kept.has(String(edge)))).toEqual([]);
        expect(result.makespan).toBe(makespan(result.layout, durationIn(timed)));
        expect(result.makespan).toBeLessThanOrEqual(levelsLength(levels(timed.graph), durationIn(timed)));
        expect(result.criticalPath).toBe(criticalPath(timed.graph, durationIn(timed)).length);
        expect(result.makespan).toBeGreaterThanOrEqual(result.criticalPath);
      }),
      LARGE,
    );
  });

  it('4: gives the same layout twice', () => {
    fc.assert(
      fc.property(timedGraph(60), (timed) => {
        expect(layOut(timed.graph, durationIn(timed))).toEqual(layOut(timed.graph, durationIn(timed)));
      }),
      { numRuns: 20 },
    );
  });

  it('says of each barrier what it orders anew, and lengthens nothing without one', () => {
    fc.assert(
      fc.property(timedGraph(40), (timed) => {
        const { layout, barriers, makespan: length, criticalPath: shortest } = layOut(timed.graph, durationIn(timed));
        const anew = ordersOf(layout).length - ordersIn(timed.graph).length;
        const told = barriers.reduce((sum, barrier) => sum + barrier.ordersAdded, 0);
        expect(told > 0).toBe(anew > 0);
        if (barriers.length === 0) expect(length).toBe(shortest);
        for (const barrier of barriers) expect(barrier.lengthens).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('series-parallel graphs', () => {
  it('3: take the critical path and no order that was not there', () => {
    fc.assert(
      fc.property(seriesParallel(200), (timed) => {
        const result = layOut(timed.graph, durationIn(timed));
        expect(result.makespan).toBe(result.criticalPath);
        expect(result.barriers).toEqual([]);
        expect(ordersOf(result.layout).map(String).toSorted()).toEqual(edgesOf(timed.graph).map(String).toSorted());
      }),
      LARGE,
    );
  });

  it('come out the same when only the reduced edges are given', () => {
    fc.assert(
      fc.property(seriesParallel(60), (timed) => {
        const direct = new Set(edgesOf(timed.graph).map(String));
        const reduced = edgesOf(timed.graph).filter(
          ([from, to]) => !timed.graph.nodes.some((mid) => direct.has(`${from},${mid}`) && direct.has(`${mid},${to}`)),
        );
        const sparse = createGraph(timed.graph.nodes, reduced);
        expect(makespan(layOut(sparse, durationIn(timed)).layout, durationIn(timed))).toBe(
          layOut(timed.graph, durationIn(timed)).makespan,
        );
      }),
      { numRuns: 30 },
    );
  });
});

describe('small graphs', () => {
  it('take the barrier that lengthens least: no series-parallel tree is shorter', () => {
    fc.assert(
      fc.property(timedGraph(7), (timed) => {
        expect(layOut(timed.graph, durationIn(timed)).makespan).toBe(shortestOfAll(timed));
      }),
      { numRuns: 300 },
    );
  });

  it('lay the letter N out with the cheaper barrier', () => {
    const graph = createGraph(
      ['a', 'b', 'c', 'd'],
      [
        ['a', 'c'],
        ['b', 'c'],
        ['b', 'd'],
      ],
    );
    const durations: Record<string, number> = { a: 10, b: 1, c: 1, d: 10 };
    const { makespan: length, barriers } = layOut(graph, (id) => durations[id] as number);
    // a and d would both have to be waited for behind {a, b} | {c, d}: 20. Behind b they overlap: 1 + max(10 + 1, 10).
    expect(length).toBe(12);
    expect(barriers).toEqual([{ before: ['b'], after: ['a', 'c', 'd'], ordersAdded: 1, lengthens: 1 }]);
  });

  it('refuse a cycle and an empty graph', () => {
    const cycle = createGraph(
      ['a', 'b'],
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
    );
    expect(() => layOut(cycle, () => 1)).toThrow(RangeError);
    expect(() => layOut(createGraph([], []), () => 1)).toThrow(RangeError);
  });
});

function ordersIn(graph: Graph): string[] {
  const orders: string[] = [];
  for (const from of graph.nodes) {
    const seen = new Set<string>();
    for (const stack = [...(graph.after.get(from) ?? [])]; stack.length > 0; ) {
      const to = stack.pop() as string;
      if (seen.has(to)) continue;
      seen.add(to);
      stack.push(...(graph.after.get(to) ?? []));
    }
    orders.push(...[...seen].map((to) => `${from},${to}`));
  }
  return orders;
}

/** By trying every way to take a set apart: any union of unordered parts, any cut that nothing crosses backwards. */
function shortestOfAll(timed: Timed): number {
  const ids = timed.graph.nodes;
  const place = new Map(ids.map((id, index) => [id, index]));
  const orders = ordersIn(timed.graph).map((pair) => pair.split(',').map((id) => place.get(id) as number));
  const best = new Map<number, number>();
  const solve = (set: number): number => {
    const known = best.get(set);
    if (known !== undefined) return known;
    const members = ids.map((_, index) => index).filter((index) => (set & (1 << index)) !== 0);
    let least =
      members.length === 1 ? durationIn(timed)(ids[members[0] as number] as string) : Number.POSITIVE_INFINITY;
    for (let part = (set - 1) & set; part > 0; part = (part - 1) & set) {
      const rest = set & ~part;
      const inside = orders.filter(([a, b]) => set & (1 << (a as number)) && set & (1 << (b as number)));
      const crosses = inside.some(
        ([a, b]) => ((part & (1 << (a as number))) !== 0) !== ((part & (1 << (b as number))) !== 0),
      );
      const backwards = inside.some(
        ([a, b]) => (rest & (1 << (a as number))) !== 0 && (part & (1 << (b as number))) !== 0,
      );
      if (!crosses) least = Math.min(least, Math.max(solve(part), solve(rest)));
      if (!backwards) least = Math.min(least, solve(part) + solve(rest));
    }
    best.set(set, least);
    return least;
  };
  return solve((1 << ids.length) - 1);
}
