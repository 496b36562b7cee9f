import { describe, expect, it } from '@jest/globals';
import { alertsBetween, concurrencyAt, usedPercent } from '../../../core/budget/alerts.ts';

const cap = { tokens: 1000, toolMs: 1000, usdMicros: 1000 };

describe('usedPercent', () => {
  it('counts the most used dimension, rounded down', () => {
    expect(usedPercent({ cap, spent: { tokens: 100, toolMs: 799, usdMicros: 0 } })).toBe(79);
    expect(usedPercent({ cap, spent: { tokens: 1000, toolMs: 0, usdMicros: 0 } })).toBe(100);
  });

  it('takes a cap of nothing for used up by anything', () => {
    const none = { tokens: 0, toolMs: 0, usdMicros: 0 };
    expect(usedPercent({ cap: none, spent: none })).toBe(0);
    expect(usedPercent({ cap: none, spent: { ...none, tokens: 1 } })).toBe(100);
  });
});

describe('alerts', () => {
  it.each<[number, number, number[]]>([
    [0, 49, []],
    [0, 50, [50]],
    [50, 79, []],
    [49, 96, [50, 80, 95]],
    [95, 100, [100]],
    [100, 120, []],
  ])('from %s to %s percent: %j', (before, after, alerts) => {
    expect(alertsBetween(before, after)).toEqual(alerts);
  });

  it('each go off once, however the way is cut', () => {
    const all = Array.from({ length: 120 }, (_, percent) => alertsBetween(percent, percent + 1)).flat();
    expect(all).toEqual([50, 80, 95, 100]);
  });
});

it('halves concurrency from 80 percent, never below one', () => {
  expect(concurrencyAt(5, 79)).toBe(5);
  expect(concurrencyAt(5, 80)).toBe(2);
  expect(concurrencyAt(1, 99)).toBe(1);
});
