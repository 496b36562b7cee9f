import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addNumbers, canonicalNumber, compareNumbers, sortableNumber } from '../../../local/dynamodb/number.ts';
import { numberSize } from '../../../local/dynamodb/size.ts';

/** A decimal as an exact fraction over 10^60, the reference to compare with. */
function exact(text: string): bigint {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', part = ''] = mantissa.replace('-', '').split('.');
  const scaled = BigInt(whole + part) * 10n ** BigInt(60 + Number(exponent) - part.length);
  return mantissa.startsWith('-') ? -scaled : scaled;
}

const decimal = fc
  .record({
    minus: fc.boolean(),
    digits: fc.bigInt({ min: 0n, max: 10n ** 18n }),
    point: fc.integer({ min: 0, max: 18 }),
    exponent: fc.integer({ min: -15, max: 15 }),
  })
  .map(({ minus, digits, point, exponent }) => {
    const text = String(digits).padStart(point + 1, '0');
    const mantissa = point === 0 ? text : `${text.slice(0, -point)}.${text.slice(-point)}`;
    return `${minus ? '-' : ''}${mantissa}${exponent === 0 ? '' : `e${exponent}`}`;
  });

describe('numbers', () => {
  it.each([
    ['1.50', '1.5'],
    ['1e3', '1000'],
    ['-0', '0'],
    ['0.000', '0'],
    ['+5', '5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['007', '7'],
    ['-1.20e-3', '-0.0012'],
    ['1e125', `1${'0'.repeat(125)}`],
    ['1e-130', `0.${'0'.repeat(129)}1`],
    ['99999999999999999999999999999999999999', '99999999999999999999999999999999999999'],
  ])('%s is answered as %s', (given, expected) => expect(canonicalNumber(given)).toBe(expected));

  it.each([
    ['', 'The parameter cannot be converted to a numeric value'],
    ['abc', 'The parameter cannot be converted to a numeric value: abc'],
    ['1e', 'The parameter cannot be converted to a numeric value: 1e'],
    ['1e126', 'Number overflow. Attempting to store a number with magnitude larger than supported range'],
    ['-1e126', 'Number overflow. Attempting to store a number with magnitude larger than supported range'],
    ['1e-131', 'Number underflow. Attempting to store a number with magnitude smaller than supported range'],
    ['1'.repeat(39), 'Attempting to store more than 38 significant digits in a Number'],
  ])('%s is refused', (given, message) => expect(() => canonicalNumber(given)).toThrow(message));

  it('keep their value', () => {
    fc.assert(fc.property(decimal, (text) => exact(canonicalNumber(text)) === exact(text)));
  });

  it('have one form each', () => {
    fc.assert(fc.property(decimal, (text) => canonicalNumber(canonicalNumber(text)) === canonicalNumber(text)));
  });

  it('sort as texts as they do as numbers', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const [left, right] = [exact(a), exact(b)];
        const expected = left < right ? -1 : left > right ? 1 : 0;
        const [x, y] = [sortableNumber(a), sortableNumber(b)];
        expect(Math.sign(Buffer.compare(Buffer.from(x), Buffer.from(y)))).toBe(expected);
        expect(Math.sign(compareNumbers(canonicalNumber(a), canonicalNumber(b)))).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('add and subtract exactly', () => {
    const short = decimal.filter((text) => canonicalNumber(text).replace(/[-.]/g, '').length <= 18);
    fc.assert(
      fc.property(short, short, (a, b) => {
        const [x, y] = [canonicalNumber(a), canonicalNumber(b)];
        expect(exact(addNumbers(x, y, 1))).toBe(exact(a) + exact(b));
        expect(exact(addNumbers(x, y, -1))).toBe(exact(a) - exact(b));
      }),
      { numRuns: 1000 },
    );
    expect(addNumbers('999999999999999', '1', 1)).toBe('1000000000000000');
    expect(addNumbers('5', '5', -1)).toBe('0');
    expect(() => addNumbers('1', '0.00000000000000000000000000000000000001', 1)).toThrow('38 significant digits');
    expect(() => addNumbers(`9${'0'.repeat(125)}`, `9${'0'.repeat(125)}`, 1)).toThrow('Number overflow');
  });

  it('have a size by their digits', () => {
    expect(['0', '1', '12', '123', '-1', '1000', '0.001', '12.34'].map(numberSize)).toEqual([1, 2, 2, 3, 3, 2, 2, 3]);
  });
});
