import { describe, expect, it } from '@jest/globals';
import { amountOf, phaseAmount } from '../../../core/budget/amount.ts';

describe('amounts', () => {
  it('are integers of 0 or more', () => {
    expect(() => amountOf({ tokens: -1 })).toThrow('tokens: expected an integer of 0 or more, found -1');
    expect(() => amountOf({ usdMicros: 0.5 })).toThrow('usdMicros: expected an integer of 0 or more, found 0.5');
  });

  it('of a phase count tool time in milliseconds', () => {
    const budget = { tokens: 50_000, toolMinutes: 5, wallMinutes: 15, usdMicros: 500_000 };
    expect(phaseAmount(budget)).toEqual({ tokens: 50_000, toolMs: 300_000, usdMicros: 500_000 });
  });
});
