import { describe, expect, it } from '@jest/globals';
import { edgesOf } from '../../../core/graph/graph.ts';
import { phaseGraph } from '../../../core/graph/phase-graph.ts';

describe('phaseGraph', () => {
  it('draws an edge from the maker of an artifact to each phase that needs it', () => {
    const graph = phaseGraph([
      { id: 'release', needs: ['Build', 'Report'], makes: [] },
      { id: 'build', needs: ['Idea'], makes: ['Build'] },
      { id: 'test', needs: ['Build'], makes: ['Report'] },
    ]);
    expect(edgesOf(graph)).toEqual([
      ['build', 'release'],
      ['build', 'test'],
      ['test', 'release'],
    ]);
  });

  it('gives no edge for what nobody makes, and one to itself for what a phase needs of itself', () => {
    const graph = phaseGraph([{ id: 'a', needs: ['Idea', 'X'], makes: ['X'] }]);
    expect(edgesOf(graph)).toEqual([['a', 'a']]);
  });
});
