// JSON values, their canonical text, and hashes over it.
// Canonical: keys sorted by code unit, no white space; what JSON cannot hold is refused, never dropped.

import { createHash } from 'node:crypto';
import { BadInput } from './errors.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** @throws BadInput naming the JSON pointer of a value JSON cannot hold (undefined in an array, NaN, a function, a cycle). */
export function canonicalJson(value: unknown): string {
  return write(value, '', new Set());
}

function write(value: unknown, pointer: string, above: Set<object>): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw notJson(pointer, String(value));
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw notJson(pointer, typeof value);
  if (above.has(value)) throw notJson(pointer, 'a cycle');
  above.add(value);
  const text = Array.isArray(value) ? writeArray(value, pointer, above) : writeObject(value, pointer, above);
  above.delete(value);
  return text;
}

function writeArray(value: readonly unknown[], pointer: string, above: Set<object>): string {
  return `[${value.map((item, index) => write(item, `${pointer}/${index}`, above)).join(',')}]`;
}

function writeObject(value: object, pointer: string, above: Set<object>): string {
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${JSON.stringify(key)}:${write(member, `${pointer}/${key}`, above)}`);
  return `{${members.join(',')}}`;
}

function notJson(pointer: string, found: string): BadInput {
  return new BadInput(`expected a JSON value at ${pointer === '' ? 'the root' : pointer}, found ${found}`);
}

/** Lower-case hex SHA-256 of a UTF-8 text or of bytes. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** SHA-256 over the canonical JSON of a value. */
export function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}
