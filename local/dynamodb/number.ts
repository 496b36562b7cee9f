// DynamoDB numbers: decimals of up to 38 significant digits between 1E-130 and 9.99...E+125, exact in every operation.

import { validationError } from './errors.ts';

const MAX_DIGITS = 38;
const MAX_EXPONENT = 125;
const MIN_EXPONENT = -130;
const SHORT_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** value = sign * 0.d1d2d3... * 10^(exponent + 1); digits have no zero at either end; zero has no digits. */
interface Decimal {
  readonly sign: 1 | -1;
  readonly digits: string;
  /** Exponent of the first digit. */
  readonly exponent: number;
}

/** @throws AwsError ValidationException with AWS's message */
function parseNumber(text: string): Decimal {
  const parts = DECIMAL.exec(text.trim());
  if (parts === null || `${parts[2]}${parts[3] ?? ''}` === '')
    throw validationError(
      text === ''
        ? 'The parameter cannot be converted to a numeric value'
        : `The parameter cannot be converted to a numeric value: ${text}`,
    );
  const whole = parts[2] ?? '';
  return decimal(parts[1] === '-' ? -1 : 1, whole + (parts[3] ?? ''), whole.length - 1 + Number(parts[4] ?? 0));
}

/** Checks range and precision. `digits` may have zeros at the ends; `exponent` is of its first digit. */
function decimal(sign: 1 | -1, digits: string, exponent: number): Decimal {
  const lead = digits.search(/[1-9]/);
  if (lead === -1) return { sign: 1, digits: '', exponent: 0 };
  const kept = digits.slice(lead).replace(/0+$/, '');
  const first = exponent - lead;
  if (first > MAX_EXPONENT)
    throw validationError('Number overflow. Attempting to store a number with magnitude larger than supported range');
  if (first < MIN_EXPONENT)
    throw validationError('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  if (kept.length > MAX_DIGITS)
    throw validationError('Attempting to store more than 38 significant digits in a Number');
  return { sign, digits: kept, exponent: first };
}

/** The form DynamoDB answers a number in: plain decimal notation without needless zeros. */
export function canonicalNumber(text: string): string {
  return SHORT_INTEGER.test(text) ? text : formatNumber(parseNumber(text));
}

function formatNumber({ sign, digits, exponent }: Decimal): string {
  if (digits === '') return '0';
  const minus = sign === -1 ? '-' : '';
  if (exponent < 0) return `${minus}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return minus + digits.padEnd(exponent + 1, '0');
  return `${minus}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** Both canonical. Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compareNumbers(a: string, b: string): number {
  if (a === b) return 0;
  if (SHORT_INTEGER.test(a) && SHORT_INTEGER.test(b)) return Number(a) - Number(b);
  const left = sortableNumber(a);
  const right = sortableNumber(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** @throws AwsError ValidationException when the exact result has more than 38 digits or is out of range */
export function addNumbers(a: string, b: string, factor: 1 | -1): string {
  if (SHORT_INTEGER.test(a) && SHORT_INTEGER.test(b)) {
    const sum = Number(a) + factor * Number(b);
    return String(sum === 0 ? 0 : sum);
  }
  const left = parseNumber(a);
  const right = parseNumber(b);
  const scale = Math.max(fraction(left), fraction(right));
  const sum = scaled(left, scale) + BigInt(factor) * scaled(right, scale);
  const digits = String(sum < 0n ? -sum : sum);
  return formatNumber(decimal(sum < 0n ? -1 : 1, digits, digits.length - 1 - scale));
}

function fraction({ digits, exponent }: Decimal): number {
  return Math.max(0, digits.length - 1 - exponent);
}

function scaled({ sign, digits, exponent }: Decimal, scale: number): bigint {
  if (digits === '') return 0n;
  return BigInt(sign) * BigInt(digits.padEnd(exponent + 1 + scale, '0'));
}

/**
 * ASCII text that sorts, byte by byte, as the numbers do: a class (0 negative, 1 zero, 2 positive), the exponent, the digits;
 * for negatives both are complemented and closed with a byte above every digit.
 */
export function sortableNumber(text: string): string {
  const { sign, digits, exponent } = parseNumber(text);
  if (digits === '') return '1';
  const shifted = exponent - MIN_EXPONENT;
  if (sign === 1) return `2${String(shifted).padStart(3, '0')}${digits}`;
  const complement = digits.replace(/\d/g, (digit) => String(9 - Number(digit)));
  return `0${String(999 - shifted).padStart(3, '0')}${complement}A`;
}
