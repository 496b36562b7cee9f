// JSON values as the interpreter passes them on, and documents that remember their text so that it is made once.

import { AwsError } from '../service.ts';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** A value with its JSON text, either of which may be made from the other on first use. */
export interface Doc {
  value: Json | undefined;
  text: string | undefined;
}

export function docOf(value: Json): Doc {
  return { value, text: undefined };
}

export function docOfText(text: string): Doc {
  return { value: undefined, text };
}

export function textOf(doc: Doc): string {
  if (doc.text === undefined) doc.text = JSON.stringify(doc.value);
  return doc.text;
}

export function jsonOf(doc: Doc): Json {
  if (doc.value === undefined) doc.value = JSON.parse(doc.text as string) as Json;
  return doc.value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sets an own member, also one named `__proto__`. */
export function put(target: JsonObject, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else target[key] = value;
}

export function has(target: object, key: string): boolean {
  return Object.hasOwn(target, key);
}

/** Deep equality of JSON values; the order of members does not matter. */
export function equal(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => equal(item, b[i] as Json));
  }
  if (Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => has(b, key) && equal(a[key] as Json, b[key] as Json))
  );
}

/** Size limit of a state's payload: 256 KiB of UTF-8 (AWS quotas, "Maximum input or output size"). */
const MAX_PAYLOAD_BYTES = 262_144;

/** Whether the text is longer than `limit` bytes of UTF-8; cheap for texts clearly shorter or longer. */
export function tooLarge(text: string, limit = MAX_PAYLOAD_BYTES): boolean {
  if (text.length > limit) return true;
  if (text.length * 3 <= limit) return false;
  return Buffer.byteLength(text, 'utf8') > limit;
}

/** Parses text given to the API. @throws AwsError `code` */
export function parseJson(text: string, code: string, message: (reason: string) => string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new AwsError(code, message((cause as Error).message));
  }
}
