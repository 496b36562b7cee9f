import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseUsd, usd } from '../../cli/money.ts';

describe('parseUsd', () => {
  it.each([
    ['2.5', 2_500_000],
    ['0.000001', 1],
    ['30.80', 30_800_000],
    ['0', 0],
    // 0.1 + 0.2 in floats is not 0.3; from the text it is exact.
    ['0.3', 300_000],
  ])('reads %s as %i micro-USD', (text, micros) => {
    expect(parseUsd(text)).toBe(micros);
  });

  it.each(['', '-1', '1e3', '2.', '.5', '1.0000001', 'two', '1,5', 'NaN'])('refuses %j', (text) => {
    expect(parseUsd(text)).toBeNull();
  });

  it('reads back what usd prints', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (micros) => {
        expect(parseUsd(usd(micros).replace(' USD', ''))).toBe(micros);
      }),
    );
  });
});
