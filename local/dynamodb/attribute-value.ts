// Attribute values as the SDK's client-dynamodb has them: checking, canonical numbers, equality, sizes.
// Values made here are never shared with the caller: numbers are canonical, members undefined are gone.

import { invalidParameter, serializationError, validationError } from './errors.ts';
import { canonicalNumber } from './number.ts';
import { binarySize, numberSize, textSize } from './size.ts';

export type AttributeType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M';

export interface AttributeValue {
  S?: string;
  N?: string;
  B?: Uint8Array;
  BOOL?: boolean;
  NULL?: boolean;
  SS?: string[];
  NS?: string[];
  BS?: Uint8Array[];
  L?: AttributeValue[];
  M?: Item;
}

export interface Item {
  [name: string]: AttributeValue;
}

const TYPES = new Set(['S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M']);
const MAX_DEPTH = 32;

/** The type of a canonical value. */
export function typeOf(value: AttributeValue): AttributeType {
  for (const type in value) return type as AttributeType;
  throw validationError('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
}

/** A named attribute, never one of Object's own members. */
export function attributeOf(item: Item, name: string): AttributeValue | undefined {
  return Object.hasOwn(item, name) ? item[name] : undefined;
}

/** Sets an attribute whatever its name, `__proto__` included. */
export function setAttribute(item: Item, name: string, value: AttributeValue): void {
  if (name !== '__proto__') item[name] = value;
  else Object.defineProperty(item, name, { value, enumerable: true, configurable: true, writable: true });
}

/** @throws AwsError ValidationException or SerializationException as AWS words it */
export function canonicalItem(item: unknown): Item {
  if (item === null || typeof item !== 'object' || Array.isArray(item))
    throw serializationError('Unexpected value type in payload');
  const result: Item = {};
  for (const name of Object.keys(item)) {
    const value = (item as Record<string, unknown>)[name];
    if (value !== undefined) setAttribute(result, name, canonicalValue(value));
  }
  return result;
}

export function canonicalValue(value: unknown, depth = 0): AttributeValue {
  if (value === null || typeof value !== 'object') throw serializationError('Unexpected value type in payload');
  if (depth > MAX_DEPTH) throw validationError('Nesting Levels have exceeded supported limits');
  let only: string | undefined;
  let several = false;
  for (const type in value) {
    if ((value as Record<string, unknown>)[type] === undefined || !TYPES.has(type)) continue;
    if (only !== undefined) several = true;
    only ??= type;
  }
  if (only === undefined)
    throw validationError('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  const result = canonicalMember(only as AttributeType, (value as Record<string, unknown>)[only], depth);
  if (several)
    throw validationError(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  return result;
}

function canonicalMember(type: AttributeType, member: unknown, depth: number): AttributeValue {
  switch (type) {
    case 'S':
      return { S: text(member) };
    case 'N':
      return { N: canonicalNumber(text(member)) };
    case 'B':
      return { B: bytes(member) };
    case 'BOOL':
      if (typeof member !== 'boolean') throw serializationError('Unexpected token received from parser');
      return { BOOL: member };
    case 'NULL':
      if (member !== true) throw invalidParameter('Null attribute value types must have the value of true');
      return { NULL: true };
    case 'SS':
      return { SS: distinct(filled(list(member).map(text), 'An string set  may not be empty'), type) };
    case 'NS':
      return {
        NS: distinct(
          filled(list(member), 'An number set  may not be empty').map((n) => canonicalNumber(text(n))),
          type,
        ),
      };
    case 'BS':
      return { BS: distinct(filled(list(member).map(bytes), 'Binary sets should not be empty'), type) };
    case 'L':
      return { L: list(member).map((element) => canonicalValue(element, depth + 1)) };
    case 'M': {
      if (member === null || typeof member !== 'object' || Array.isArray(member))
        throw serializationError('Unexpected field type');
      const map: Item = {};
      for (const name of Object.keys(member))
        setAttribute(map, name, canonicalValue((member as Record<string, unknown>)[name], depth + 1));
      return { M: map };
    }
  }
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  const kind = typeof value === 'number' ? 'NUMBER_VALUE' : typeof value === 'boolean' ? 'TRUE_VALUE' : 'START_OBJECT';
  throw serializationError(`${kind} cannot be converted to String`);
}

function bytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (value instanceof ArrayBuffer) return new Uint8Array(value.slice(0));
  if (ArrayBuffer.isView(value))
    return new Uint8Array(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength));
  if (typeof value === 'string') return new Uint8Array(Buffer.from(value, 'base64'));
  throw serializationError('only base-64-encoded strings are convertible to bytes');
}

function list(value: unknown): unknown[] {
  if (value instanceof Set) return [...value];
  if (Array.isArray(value)) return value;
  throw serializationError('Unexpected field type');
}

function filled<T>(values: T[], message: string): T[] {
  if (values.length === 0) throw invalidParameter(message);
  return values;
}

function distinct<T extends string | Uint8Array>(values: T[], type: AttributeType): T[] {
  if (new Set(values.map(memberKey)).size === values.length) return values;
  if (type === 'NS') throw validationError('Input collection contains duplicates');
  const shown = `[${values.map((one) => (typeof one === 'string' ? one : memberKey(one))).join(', ')}]`;
  throw invalidParameter(`Input collection ${shown}${type === 'BS' ? 'of type BS' : ''} contains duplicates.`);
}

/** Text equal for equal members of a set. */
export function memberKey(member: string | Uint8Array): string {
  return typeof member === 'string' ? member : Buffer.from(member).toString('base64');
}

/** Members of a set value, or undefined. */
export function setMembers(value: AttributeValue): Array<string | Uint8Array> | undefined {
  return value.SS ?? value.NS ?? value.BS;
}

/** A copy whose maps and lists may be edited without touching the original's. */
export function cloneValue(value: AttributeValue): AttributeValue {
  if (value.L !== undefined) return { L: value.L.map(cloneValue) };
  if (value.M === undefined) return value;
  const map: Item = {};
  for (const name of Object.keys(value.M)) setAttribute(map, name, cloneValue(value.M[name] as AttributeValue));
  return { M: map };
}

export function equalItems(a: Item, b: Item): boolean {
  return equalValues({ M: a }, { M: b });
}

export function equalValues(a: AttributeValue, b: AttributeValue): boolean {
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  if (type === 'L') {
    const [left, right] = [a.L ?? [], b.L ?? []];
    return left.length === right.length && left.every((value, at) => equalValues(value, right[at] as AttributeValue));
  }
  if (type === 'M') {
    const [left, right] = [a.M ?? {}, b.M ?? {}];
    const names = Object.keys(left);
    return names.length === Object.keys(right).length && names.every((name) => equalAt(left, right, name));
  }
  const [left, right] = [setMembers(a), setMembers(b)];
  if (left !== undefined && right !== undefined) {
    const members = new Set(right.map(memberKey));
    return left.length === right.length && left.every((member) => members.has(memberKey(member)));
  }
  if (type === 'B') return Buffer.compare(a.B as Uint8Array, b.B as Uint8Array) === 0;
  return a[type] === b[type];
}

function equalAt(left: Item, right: Item, name: string): boolean {
  const [a, b] = [attributeOf(left, name), attributeOf(right, name)];
  return a !== undefined && b !== undefined && equalValues(a, b);
}

/** Bytes of an item as DynamoDB counts them: names and values in UTF-8. */
export function itemSize(item: Item): number {
  let size = 0;
  for (const name of Object.keys(item)) size += textSize(name) + valueSize(item[name] as AttributeValue);
  return size;
}

function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return textSize(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemSize(value.M);
  if (value.L !== undefined) return value.L.reduce((sum, element) => sum + 1 + valueSize(element), 3);
  if (value.B !== undefined) return binarySize(value.B);
  const count = value.NS !== undefined ? numberSize : undefined;
  let size = 0;
  for (const member of setMembers(value) ?? [])
    size += typeof member === 'string' ? (count ?? textSize)(member) : binarySize(member);
  return size;
}
