import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import type { Scalar } from '../../../core/pipeline/located.ts';
import { isDecimal, scaleDecimal } from '../../../core/pipeline/values/decimal.ts';
import { aggregation, mode } from '../../../core/pipeline/values/fan-out.ts';
import { milliseconds, minutes, share, tokens, usd } from '../../../core/pipeline/values/quantities.ts';
import { version } from '../../../core/pipeline/values/words.ts';

const number = (text: string): Scalar => ({ kind: 'number', text });

function read(schema: z.core.$ZodType, scalar: Scalar): unknown {
  const result = z.safeParse(schema, scalar);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return issue?.code === 'custom' ? issue.params?.rule : issue?.code;
}

describe('a decimal', () => {
  it('is scaled exactly, for every amount of micro-USD there is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (micros) => {
        const text = `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`;
        expect(scaleDecimal(text, 1_000_000)).toBe(micros);
        expect(read(usd, number(text))).toBe(micros);
      }),
    );
  });

  it.each(['', '.', '-1', '+1', '1e3', '0x10', '1_000', '1.', 'NaN', ' 1'])('is not %j', (text) => {
    expect(isDecimal(text)).toBe(false);
    expect(scaleDecimal(text, 1)).toBeNull();
  });

  it('is null when it does not come out whole or safe', () => {
    expect(scaleDecimal('0.5', 1)).toBeNull();
    expect(scaleDecimal('9007199254740993', 1)).toBeNull();
    expect(scaleDecimal('900719925474', 1_000_000)).toBeNull();
  });
});

describe('a quantity', () => {
  it.each<[string, z.core.$ZodType, Scalar, unknown]>([
    ['tokens', tokens, '50k', 50_000],
    ['tokens', tokens, '1.5M', 1_500_000],
    ['tokens', tokens, number('75000'), 75_000],
    ['tokens', tokens, '0.0001k', 'out-of-range'],
    ['tokens', tokens, '2000M', 'out-of-range'],
    ['tokens', tokens, '50 K', 'wrong-type'],
    ['minutes', minutes, '15 min', 15],
    ['minutes', minutes, '15min', 15],
    ['minutes', minutes, '1.5 h', 90],
    ['minutes', minutes, '120 s', 2],
    ['minutes', minutes, '721 h', 'out-of-range'],
    ['minutes', minutes, '1.5.5 h', 'wrong-type'],
    ['minutes', minutes, null, 'wrong-type'],
    ['milliseconds', milliseconds, '1.5 s', 1500],
    ['milliseconds', milliseconds, '0.5 ms', 'out-of-range'],
    ['a share', share, number('.75'), 0.75],
    ['a share', share, number('1'), 1],
    ['a share', share, number('0.1234567'), 'out-of-range'],
    ['a share', share, true, 'wrong-type'],
    ['a mode', mode, 'half at a time', { kind: 'partial' }],
    ['a mode', mode, 'iterative', { kind: 'iterative', maxRounds: 100 }],
    ['a mode', mode, 'iterative, at most 1 round', { kind: 'iterative', maxRounds: 1 }],
    ['a mode', mode, '41 at a time', 'out-of-range'],
    ['an aggregation', aggregation, 'custom longest-text', { kind: 'custom', name: 'longest-text' }],
    ['an aggregation', aggregation, 'concat', { kind: 'concat' }],
    ['a version', version, number('1.0'), 'wrong-type'],
    ['a version', version, '1.0.0-beta.1', '1.0.0-beta.1'],
  ])('%s: %#: %j', (_, schema, scalar, expected) => {
    expect(read(schema, scalar)).toEqual(expected);
  });
});
