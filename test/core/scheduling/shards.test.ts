import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shardsOf, tasksOf } from '../../../core/scheduling/shards.ts';
import { agentOf } from './phase-of.ts';

describe('shardsOf', () => {
  it('puts every item into exactly one shard, in order, none larger than its size', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 60 }), (length, size) => {
        const shards = shardsOf('Stories.list', length, size);
        const items = shards.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i));
        expect(items).toEqual(Array.from({ length }, (_, i) => i));
        expect(shards.every(({ start, end, count }) => end - start <= size && count === shards.length)).toBe(true);
        expect(shards.map(({ index }) => index)).toEqual(shards.map((_, i) => i));
      }),
    );
  });

  it('gives an empty list one empty shard', () => {
    expect(shardsOf('A.b', 0, 3)).toEqual([{ index: 0, count: 1, over: 'A.b', start: 0, end: 0 }]);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a size of %s', (size) => {
    expect(() => shardsOf('A.b', 5, size)).toThrow(/expected a size of 1 or more/);
  });
});

describe('tasksOf', () => {
  const sharded = agentOf('cutter', { shard: { over: 'UserStories.stories', size: 2, atMost: 4 } });

  it('names the only task of an agent by the agent', () => {
    expect(tasksOf(agentOf('cutter'), {}).map(({ id }) => id)).toEqual(['cutter']);
    expect(tasksOf(sharded, { 'UserStories.stories': 2 }).map(({ id }) => id)).toEqual(['cutter']);
  });

  it('numbers the tasks of several shards so that they sort as they are numbered', () => {
    const ids = tasksOf(sharded, { 'UserStories.stories': 23 }).map(({ id }) => id);
    expect(ids.slice(0, 2)).toEqual(['cutter.0001', 'cutter.0002']);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(12);
  });

  it('refuses to shard a list of unknown length', () => {
    expect(() => tasksOf(sharded, {})).toThrow(
      'agent cutter shards UserStories.stories: expected its length, found none',
    );
  });
});
