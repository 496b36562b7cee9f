import { describe, expect, it } from '@jest/globals';
import { type Levers, smallerBatch, tacticAfter, tacticAfterStall } from '../../../core/resilience/tactics.ts';

const all: Levers = { batch: 4, rungsLeft: 1, strict: false };

describe('a plateau', () => {
  it('is answered by a smaller batch, then another tool, then a stricter prompt', () => {
    expect([1, 2, 3, 4].map((plateaus) => tacticAfter(plateaus, all))).toEqual([
      'smaller-batch',
      'alternate-model',
      'stricter-prompt',
      'stricter-prompt',
    ]);
    expect([8, 3, 1].map(smallerBatch)).toEqual([4, 1, 1]);
  });

  it('passes over what would change nothing', () => {
    expect(tacticAfter(1, { ...all, batch: null })).toBe('alternate-model');
    expect(tacticAfter(1, { ...all, batch: 1, rungsLeft: 0 })).toBe('stricter-prompt');
    expect(tacticAfter(2, { batch: 9, rungsLeft: 0, strict: true })).toBeNull();
  });
});

describe('a stall', () => {
  it('is answered by a smaller batch, unless finished steps would be lost with the larger one', () => {
    expect(tacticAfterStall(all, 0)).toBe('smaller-batch');
    expect(tacticAfterStall(all, 2)).toBeNull();
    expect(tacticAfterStall({ ...all, batch: null }, 0)).toBeNull();
  });
});
