// Sizes in bytes and capacity units, from AWS's "DynamoDB item sizes and formats" and "read and write operations" pages.

export const MAX_ITEM_BYTES = 400 * 1024;
export const MAX_PAGE_BYTES = 1024 * 1024;
const READ_UNIT_BYTES = 4 * 1024;
const WRITE_UNIT_BYTES = 1024;

export function textSize(text: string): number {
  return Buffer.byteLength(text);
}

export function binarySize(bytes: Uint8Array): number {
  return bytes.byteLength;
}

/** One byte per two significant digits, one byte more, and one for a minus sign. Takes a canonical number. */
export function numberSize(number: string): number {
  if (number.length === 1) return number === '0' ? 1 : 2;
  const digits = number.replace(/^-?0*\.?0*|\./g, '').replace(/0+$/, '').length;
  return Math.ceil(digits / 2) + 1 + (number.startsWith('-') ? 1 : 0);
}

/** Units of reading `bytes`: 1 for each 4 KB begun, half of it when eventually consistent, at least one (a half). */
export function readUnits(bytes: number, consistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES)) * (consistent ? 1 : 0.5);
}

/** Units of writing an item: 1 for each KB begun, at least one. */
export function writeUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES));
}
