import { describe, expect, it } from '@jest/globals';
import { clock, overlaps, timeline } from '../../cli/timeline.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString();
const phases = [
  { id: 'security', start: at(60), end: at(120), mark: '✓' },
  { id: 'build', start: at(0), end: at(60), mark: '✓' },
  { id: 'story-loop', start: at(60), end: at(200), mark: '✓' },
];

describe('timeline', () => {
  it('draws one line a phase, in order of start', () => {
    const names = timeline(phases, 100)
      .split('\n')
      .map((line) => line.split(/\s+/)[1]);
    expect(names).toEqual(['build', 'security', 'story-loop']);
  });

  it('starts a bar where the phases before it end', () => {
    const [build, security] = timeline(phases, 100).split('\n') as [string, string, string];
    expect(security.indexOf('█')).toBe(build.lastIndexOf('█') + 1);
  });

  it('draws a phase that is still running', () => {
    expect(timeline([{ id: 'intake', start: at(0), mark: '…' }], 80)).toContain('█');
  });
});

describe('overlaps', () => {
  it('finds phases that ran at the same time, and only those', () => {
    expect(overlaps(phases)).toEqual([{ pair: ['security', 'story-loop'], ms: 3_600_000 }]);
  });
});

describe('clock', () => {
  it.each([
    [1_234, '1.2s'],
    [60_000, '0:01:00'],
    [180_000_000, '50:00:00'],
  ])('prints %i ms as %s', (ms, text) => {
    expect(clock(ms)).toBe(text);
  });
});
