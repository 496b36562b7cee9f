// Decimal text to an integer of a smaller unit, exactly: `0.50` of 1,000,000 is 500,000, without a float in between.

const DECIMAL = /^(\d{1,15})?(?:\.(\d{1,9}))?$/;

/**
 * The decimal times `unit`, a power of ten or any integer; null when the text is no plain decimal (a sign, an exponent
 * and hexadecimal are none) or when the product is not a safe whole number.
 */
export function scaleDecimal(text: string, unit: number): number | null {
  const match = DECIMAL.exec(text);
  if (match === null || (match[1] === undefined && match[2] === undefined)) return null;
  const fraction = match[2] ?? '';
  const digits = BigInt(`${match[1] ?? '0'}${fraction}`) * BigInt(unit);
  const divisor = 10n ** BigInt(fraction.length);
  if (digits % divisor !== 0n) return null;
  const whole = digits / divisor;
  return whole <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(whole) : null;
}

export function isDecimal(text: string): boolean {
  const match = DECIMAL.exec(text);
  return match !== null && (match[1] !== undefined || match[2] !== undefined);
}
