import { describe, expect, it } from '@jest/globals';
import { hasPlateaued, leastSlopeOf, progressSlope } from '../../../core/resilience/progress-slope.ts';

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

  it('lets a task that may take longer than 200 minutes go slower, at half of its lawful pace', () => {
    expect(leastSlopeOf(180 * 60)).toBe(0.005);
    expect(leastSlopeOf(1000 * 60)).toBe(0.0005);
    expect(hasPlateaued(line(10, 0.001), leastSlopeOf(1000 * 60))).toBe(false);
  });
});
