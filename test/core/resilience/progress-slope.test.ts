import { describe, expect, it } from '@jest/globals';
import { hasPlateaued, progressSlope, smallerBatch, tacticAfter } from '../../../core/resilience/progress-slope.ts';

const line = (count: number, slope: number, from = 0): number[] =>
  Array.from({ length: count }, (_, i) => from + i * slope);

describe('progressSlope', () => {
  it('is that of a line, of the last ten points', () => {
    expect(progressSlope(line(8, 0.02))).toBeCloseTo(0.02, 10);
    expect(progressSlope([...line(50, 0.01), ...Array(10).fill(0.5)])).toBeCloseTo(0, 10);
  });

  it('needs five points', () => {
    expect(progressSlope(line(4, 0.1))).toBeNull();
    expect(progressSlope(line(5, 0.1))).not.toBeNull();
  });
});

describe('hasPlateaued', () => {
  it('below 0.005 a point on an unfinished task', () => {
    expect(hasPlateaued(line(10, 0.0049))).toBe(true);
    expect(hasPlateaued(line(10, 0.0051))).toBe(false);
    expect(hasPlateaued(Array(10).fill(1))).toBe(false);
    expect(hasPlateaued(line(4, 0))).toBe(false);
    expect(hasPlateaued([0.5, 0.4, 0.3, 0.2, 0.1])).toBe(true);
  });

  it('is answered by a smaller batch, then another tool, then a stricter prompt', () => {
    expect([1, 2, 3, 4].map(tacticAfter)).toEqual([
      'smaller-batch',
      'alternate-tool',
      'stricter-prompt',
      'stricter-prompt',
    ]);
    expect([8, 3, 1].map(smallerBatch)).toEqual([4, 1, 1]);
  });
});
