// Items to text and back for the store: JSON of the wire form, with binary values as base64 texts.

import type { AttributeValue, Item } from './attribute-value.ts';

/** Starts a text that holds binary members; the others, nearly all, are read and written without looking for any. */
const BINARY_MARK = 'B';

export function encodeItem(item: Item): string {
  if (!itemHasBinary(item)) return JSON.stringify(item);
  return BINARY_MARK + JSON.stringify(item, (_, member) => (member instanceof Uint8Array ? toBase64(member) : member));
}

function itemHasBinary(item: Item): boolean {
  for (const name in item) if (hasBinary(item[name] as AttributeValue)) return true;
  return false;
}

function hasBinary(value: AttributeValue): boolean {
  if (value.M !== undefined) return itemHasBinary(value.M);
  if (value.L !== undefined) return value.L.some(hasBinary);
  return value.B !== undefined || value.BS !== undefined;
}

export function decodeItem(text: string): Item {
  if (!text.startsWith(BINARY_MARK)) return JSON.parse(text) as Item;
  const item = JSON.parse(text.slice(1)) as Item;
  restoreItem(item);
  return item;
}

/** The stored text as JSON, with binary values left as base64 texts. */
export function encodedJson(text: string): object {
  return JSON.parse(text.startsWith(BINARY_MARK) ? text.slice(1) : text) as object;
}

function restoreItem(item: Item): void {
  for (const name of Object.keys(item)) restore(item[name] as AttributeValue);
}

function restore(value: AttributeValue): void {
  if (value.B !== undefined) value.B = fromBase64(value.B);
  else if (value.BS !== undefined) value.BS = value.BS.map(fromBase64);
  else if (value.L !== undefined) value.L.forEach(restore);
  else if (value.M !== undefined) restoreItem(value.M);
}

function fromBase64(text: unknown): Uint8Array {
  return new Uint8Array(Buffer.from(text as string, 'base64'));
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
