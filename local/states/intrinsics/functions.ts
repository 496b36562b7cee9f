// The intrinsic functions of JSONPath states, as "Intrinsic functions" in the Step Functions developer guide lists them.

import { createHash } from 'node:crypto';
import { StateFailure } from '../failure.ts';
import { equal, isObject, type Json, type JsonObject, put } from '../json.ts';
import type { Scope } from '../scope.ts';

export interface IntrinsicFunction {
  readonly least: number;
  readonly most: number;
  readonly run: (args: Json[], scope: Scope) => Json;
}

/** Longest text a hash or base64 function takes. */
const MAX_TEXT = 10_000;
const MAX_ARRAY = 1000;

function invalid(name: string, why: string): StateFailure {
  return new StateFailure('States.IntrinsicFailure', `The function '${name}' had an invalid argument: ${why}`);
}

function array(name: string, value: Json | undefined): Json[] {
  if (!Array.isArray(value)) throw invalid(name, 'expected an array');
  return value;
}

function number(name: string, value: Json | undefined): number {
  if (typeof value !== 'number') throw invalid(name, 'expected a number');
  return value;
}

/** Numbers are rounded to the nearest integer, halves up. */
function integer(name: string, value: Json | undefined): number {
  return Math.round(number(name, value)) + 0;
}

function text(name: string, value: Json | undefined, longest = Number.POSITIVE_INFINITY): string {
  if (typeof value !== 'string') throw invalid(name, 'expected a string');
  if (value.length > longest) throw invalid(name, `the string is longer than ${longest} characters`);
  return value;
}

function format(args: Json[]): string {
  const name = 'States.Format';
  const template = text(name, args[0]);
  let used = 1;
  let out = '';
  for (let i = 0; i < template.length; i++) {
    const char = template[i] as string;
    if (char === '\\' && (template[i + 1] === '{' || template[i + 1] === '}' || template[i + 1] === '\\')) {
      out += template[++i];
    } else if (char === '{' && template[i + 1] === '}') {
      i++;
      if (used >= args.length) throw invalid(name, 'there are fewer arguments than placeholders');
      const value = args[used++] as Json;
      out += typeof value === 'string' ? value : JSON.stringify(value);
    } else out += char;
  }
  if (used < args.length) throw invalid(name, 'there are more arguments than placeholders');
  return out;
}

function range(args: Json[]): Json {
  const name = 'States.ArrayRange';
  const [first, last, step] = args.map((arg) => integer(name, arg)) as [number, number, number];
  if (step === 0) throw invalid(name, 'the step must not be 0');
  if (Math.floor((last - first) / step) >= MAX_ARRAY) throw invalid(name, `the array has more than ${MAX_ARRAY} items`);
  const out: number[] = [];
  for (let x = first; step > 0 ? x <= last : x >= last; x += step) out.push(x);
  return out;
}

function partition(args: Json[]): Json {
  const name = 'States.ArrayPartition';
  const items = array(name, args[0]);
  const size = integer(name, args[1]);
  if (size <= 0) throw invalid(name, 'the chunk size must be positive');
  const out: Json[] = [];
  for (let i = 0; i < items.length; i += size) out.push(items.slice(i, i + size));
  return out;
}

function unique(items: Json[]): Json[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = JSON.stringify(item);
    return seen.has(key) ? false : seen.add(key);
  });
}

const ALGORITHMS: Record<string, string> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

function hash(args: Json[]): string {
  const name = 'States.Hash';
  const data = typeof args[0] === 'string' ? text(name, args[0], MAX_TEXT) : JSON.stringify(args[0]);
  const algorithm = text(name, args[1]);
  const known = Object.hasOwn(ALGORITHMS, algorithm) ? ALGORITHMS[algorithm] : undefined;
  if (known === undefined) throw invalid(name, `there is no algorithm '${algorithm}'`);
  return createHash(known).update(data).digest('hex');
}

function merge(args: Json[]): JsonObject {
  const name = 'States.JsonMerge';
  const [first, second, deep] = args;
  if (deep !== false) throw invalid(name, 'deep merging is not supported, the third argument must be false');
  if (!isObject(first) || !isObject(second)) throw invalid(name, 'expected two objects');
  const out: JsonObject = {};
  for (const from of [first, second]) for (const key of Object.keys(from)) put(out, key, from[key] as Json);
  return out;
}

/** A number in [start, end) from 32 bits of a seed (mulberry32), or from the scope's randomness. */
function random(args: Json[], scope: Scope): number {
  const name = 'States.MathRandom';
  const start = integer(name, args[0]);
  const end = integer(name, args[1]);
  if (end <= start) throw invalid(name, 'the end must be greater than the start');
  const unit = args[2] === undefined ? scope.random() : seeded(integer(name, args[2]));
  return start + Math.floor(unit * (end - start));
}

export function seeded(seed: number): number {
  let t = (seed + 0x6d2b79f5) | 0;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
}

function parse(value: Json | undefined): Json {
  const source = text('States.StringToJson', value);
  if (source.trim() === '') return null;
  try {
    const parsed = JSON.parse(source) as Json;
    return parsed === 0 ? 0 : parsed;
  } catch {
    throw invalid('States.StringToJson', 'the string is not JSON');
  }
}

function split(args: Json[]): string[] {
  const source = text('States.StringSplit', args[0]);
  const separators = new Set(text('States.StringSplit', args[1]));
  const out: string[] = [];
  let current = '';
  for (const char of source) {
    if (separators.has(char)) {
      if (current !== '') out.push(current);
      current = '';
    } else current += char;
  }
  if (current !== '') out.push(current);
  return out;
}

function item(args: Json[]): Json {
  const name = 'States.ArrayGetItem';
  const value = array(name, args[0])[integer(name, args[1])];
  if (value === undefined) throw invalid(name, 'the index is outside the array');
  return value;
}

const fn = (least: number, most: number, run: IntrinsicFunction['run']): IntrinsicFunction => ({ least, most, run });

export const INTRINSICS: Readonly<Record<string, IntrinsicFunction>> = {
  'States.Array': fn(0, Number.POSITIVE_INFINITY, (args) => args),
  'States.ArrayContains': fn(2, 2, (args) =>
    array('States.ArrayContains', args[0]).some((each) => equal(each, args[1] as Json)),
  ),
  'States.ArrayGetItem': fn(2, 2, item),
  'States.ArrayLength': fn(1, 1, (args) => array('States.ArrayLength', args[0]).length),
  'States.ArrayPartition': fn(2, 2, partition),
  'States.ArrayRange': fn(3, 3, range),
  'States.ArrayUnique': fn(1, 1, (args) => unique(array('States.ArrayUnique', args[0]))),
  'States.Base64Decode': fn(1, 1, (args) =>
    Buffer.from(text('States.Base64Decode', args[0], MAX_TEXT), 'base64').toString('utf8'),
  ),
  'States.Base64Encode': fn(1, 1, (args) =>
    Buffer.from(text('States.Base64Encode', args[0], MAX_TEXT), 'utf8').toString('base64'),
  ),
  'States.Format': fn(1, Number.POSITIVE_INFINITY, format),
  'States.Hash': fn(2, 2, hash),
  'States.JsonMerge': fn(3, 3, merge),
  'States.JsonToString': fn(1, 1, (args) => JSON.stringify(args[0])),
  'States.MathAdd': fn(2, 2, (args) => integer('States.MathAdd', args[0]) + integer('States.MathAdd', args[1]) + 0),
  'States.MathRandom': fn(2, 3, random),
  'States.StringSplit': fn(2, 2, split),
  'States.StringToJson': fn(1, 1, (args) => parse(args[0])),
  'States.UUID': fn(0, 0, (_args, scope) => scope.uuid()),
};
