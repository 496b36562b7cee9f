import { describe, expect, it } from '@jest/globals';
import type { Mode } from '../../../core/pipeline/model.ts';
import { anotherRound, wavesOf } from '../../../core/scheduling/waves.ts';
import { agentOf, phaseOf } from './phase-of.ts';

const five = ['a', 'b', 'c', 'd', 'e'].map((id) => agentOf(id));

describe('wavesOf', () => {
  it.each<[string, Mode, string[], number[]]>([
    ['sequential', { kind: 'sequential' }, ['a', 'b', 'c', 'd', 'e'], [1, 1, 1, 1, 1]],
    ['iterative', { kind: 'iterative', maxRounds: 3 }, ['a', 'b', 'c', 'd', 'e'], [1, 1, 1, 1, 1]],
    ['parallel', { kind: 'parallel' }, ['abcde'], [5]],
    ['two at a time', { kind: 'atMost', atMost: 2 }, ['abcde'], [2]],
    ['more at a time than there are', { kind: 'atMost', atMost: 9 }, ['abcde'], [5]],
    ['half at a time, rounded up', { kind: 'partial' }, ['abcde'], [3]],
  ])('%s', (_, mode, agents, concurrency) => {
    const waves = wavesOf(phaseOf(mode, five));
    expect(waves.map(({ tasks }) => tasks.map(({ agent }) => agent).join(''))).toEqual(agents);
    expect(waves.map((wave) => wave.concurrency)).toEqual(concurrency);
    expect(waves.map(({ wave }) => wave)).toEqual(waves.map((_, index) => index + 1));
  });

  it('runs the shards of one agent side by side, as many as its list may have', () => {
    const cutter = agentOf('cutter', { shard: { over: 'U.s', size: 2, atMost: 4 } });
    const [wave] = wavesOf(phaseOf({ kind: 'iterative' }, [cutter]), { 'U.s': 20 });
    expect(wave?.tasks).toHaveLength(10);
    expect(wave?.concurrency).toBe(4);
    expect(wavesOf(phaseOf({ kind: 'iterative' }, [cutter]), { 'U.s': 5 })[0]?.concurrency).toBe(3);
  });

  it('keeps to the tightest list where several agents share a wave', () => {
    const agents = [agentOf('a'), agentOf('b', { shard: { over: 'U.s', size: 1, atMost: 2 } })];
    expect(wavesOf(phaseOf({ kind: 'parallel' }, agents), { 'U.s': 6 })[0]?.concurrency).toBe(2);
    expect(wavesOf(phaseOf({ kind: 'parallel' }, agents), { 'U.s': 2 })[0]?.concurrency).toBe(3);
  });

  it('puts who waits behind those it waits for, and keeps the mode of the rest', () => {
    const agents = [agentOf('a'), agentOf('b', { after: ['a'] }), agentOf('c'), agentOf('d', { after: ['b', 'c'] })];
    const waves = wavesOf(phaseOf({ kind: 'atMost', atMost: 2 }, agents));
    expect(waves.map(({ tasks }) => tasks.map(({ agent }) => agent).join(''))).toEqual(['ac', 'b', 'd']);
    expect(waves.map(({ concurrency }) => concurrency)).toEqual([2, 1, 1]);
  });

  it('plans the same twice', () => {
    const plan = () => wavesOf(phaseOf({ kind: 'parallel' }, five));
    expect(plan()).toEqual(plan());
  });
});

describe('anotherRound', () => {
  it('goes on until an agent says done, or the rounds are used', () => {
    expect(anotherRound({ kind: 'iterative', maxRounds: 3 }, 1, false)).toBe(true);
    expect(anotherRound({ kind: 'iterative', maxRounds: 3 }, 1, true)).toBe(false);
    expect(anotherRound({ kind: 'iterative', maxRounds: 3 }, 3, false)).toBe(false);
    expect(anotherRound({ kind: 'iterative' }, 99, false)).toBe(true);
    expect(anotherRound({ kind: 'iterative' }, 100, false)).toBe(false);
    expect(anotherRound({ kind: 'parallel' }, 1, false)).toBe(false);
  });
});
