import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findCycle, findCycles } from '../../../core/graph/cycle.ts';
import { createGraph, type Edge, edgesOf } from '../../../core/graph/graph.ts';
import { reachability } from '../../../core/graph/reachability.ts';
import { randomDag } from './random-dag.ts';

const letters = ['a', 'b', 'c', 'd', 'e'];

describe('findCycle', () => {
  it.each<[string, Edge[], string[] | null]>([
    ['nothing', [], null],
    [
      'a line',
      [
        ['a', 'b'],
        ['b', 'c'],
      ],
      null,
    ],
    ['a node with itself', [['c', 'c']], ['c', 'c']],
    [
      'two nodes',
      [
        ['b', 'a'],
        ['a', 'b'],
      ],
      ['a', 'b', 'a'],
    ],
    [
      'a ring behind a tail',
      [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'd'],
        ['d', 'b'],
      ],
      ['b', 'c', 'd', 'b'],
    ],
    [
      'the shorter of two ways round',
      [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
        ['b', 'a'],
      ],
      ['a', 'b', 'a'],
    ],
    [
      'a ring with a way out of it',
      [
        ['a', 'b'],
        ['b', 'a'],
        ['b', 'c'],
        ['c', 'd'],
      ],
      ['a', 'b', 'a'],
    ],
  ])('of %s', (_, edges, cycle) => {
    expect(findCycle(createGraph(letters, edges))).toEqual(cycle);
  });

  it('finds none in a random acyclic graph, and a real one once an edge leads back', () => {
    fc.assert(
      fc.property(randomDag(60), fc.nat(), ({ graph }, pick) => {
        expect(findCycle(graph)).toBeNull();
        const reaches = reachability(graph);
        const pairs = graph.nodes.flatMap((from) =>
          graph.nodes.filter((to) => reaches(from, to)).map((to): Edge => [from, to]),
        );
        const pair = pairs[pick % Math.max(1, pairs.length)];
        if (pair === undefined) return;
        const looped = createGraph(graph.nodes, [...edgesOf(graph), [pair[1], pair[0]]]);
        const path = findCycle(looped) as string[];
        expect(path.length).toBeGreaterThan(1);
        expect(path[0]).toBe(path.at(-1));
        for (const [index, node] of path.slice(0, -1).entries()) {
          expect(looped.after.get(node)).toContain(path[index + 1]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('findCycles', () => {
  it('names every knot once', () => {
    const edges: Edge[] = [
      ['a', 'b'],
      ['b', 'a'],
      ['b', 'c'],
      ['c', 'd'],
      ['d', 'c'],
      ['e', 'e'],
    ];
    expect(findCycles(createGraph(letters, edges))).toEqual([
      ['a', 'b', 'a'],
      ['c', 'd', 'c'],
      ['e', 'e'],
    ]);
  });
});
