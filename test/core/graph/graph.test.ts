import { describe, expect, it } from '@jest/globals';
import { createGraph, edgesOf, subgraph } from '../../../core/graph/graph.ts';

describe('createGraph', () => {
  it('keeps neighbours in node order, without repeats', () => {
    const graph = createGraph(
      ['c', 'a', 'b'],
      [
        ['a', 'b'],
        ['a', 'c'],
        ['a', 'b'],
      ],
    );
    expect(graph.after.get('a')).toEqual(['c', 'b']);
    expect(graph.before.get('b')).toEqual(['a']);
    expect(edgesOf(graph)).toEqual([
      ['a', 'c'],
      ['a', 'b'],
    ]);
  });

  it('refuses repeated nodes and edges to nowhere', () => {
    expect(() => createGraph(['a', 'a'], [])).toThrow('expected nodes without repeats');
    expect(() => createGraph(['a'], [['a', 'b']])).toThrow('found a -> b');
  });
});

describe('subgraph', () => {
  it('keeps only edges between kept nodes', () => {
    const graph = createGraph(
      ['a', 'b', 'c'],
      [
        ['a', 'b'],
        ['b', 'c'],
      ],
    );
    expect(edgesOf(subgraph(graph, new Set(['a', 'b'])))).toEqual([['a', 'b']]);
  });
});
