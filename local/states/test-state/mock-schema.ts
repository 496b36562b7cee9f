// Checks a mocked result against the shape the service's SDK declares for the operation's answer.
// STRICT (default): types and required members; PRESENT: types of what is there; NONE: nothing.
// Services without an SDK client here are not checked.

import { createRequire } from 'node:module';
import { validation } from '../api/errors.ts';
import type { Resource } from '../definition/program.ts';
import { isObject, type Json } from '../json.ts';

// biome-ignore lint/suspicious/noExplicitAny: the SDK's schemas are tuples of numbers, texts and thunks
type Schema = any;

const CLIENTS: Readonly<Record<string, string>> = {
  dynamodb: '@aws-sdk/client-dynamodb',
  events: '@aws-sdk/client-eventbridge',
  eventbridge: '@aws-sdk/client-eventbridge',
  kms: '@aws-sdk/client-kms',
  lambda: '@aws-sdk/client-lambda',
  s3: '@aws-sdk/client-s3',
  scheduler: '@aws-sdk/client-scheduler',
  secretsmanager: '@aws-sdk/client-secrets-manager',
  sfn: '@aws-sdk/client-sfn',
  sns: '@aws-sdk/client-sns',
  sqs: '@aws-sdk/client-sqs',
  states: '@aws-sdk/client-sfn',
};

/** Least values the API references give; the SDK's schemas do not hold them. */
const LEAST: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '@aws-sdk/client-lambda': { MemorySize: 128, Timeout: 1 },
};

const require = createRequire(import.meta.url);

export type Mode = 'STRICT' | 'PRESENT' | 'NONE';

/** @throws ValidationException naming the first member that is wrong */
export function checkMockedResult(resource: Resource, result: Json, mode: Mode): void {
  if (mode === 'NONE' || resource.kind !== 'service' || resource.pattern !== 'requestResponse') return;
  const client = CLIENTS[resource.service.replace('aws-sdk:', '')];
  if (client === undefined) return;
  const sdk = require(client) as Record<string, Schema>;
  const name =
    resource.service === 'lambda' ? 'Invoke' : `${resource.operation[0]?.toUpperCase()}${resource.operation.slice(1)}`;
  const operation = sdk[`${name}$`] as Schema[] | undefined;
  if (!Array.isArray(operation)) return;
  check(unwrap(operation[5]), result, undefined, { sdk, client, strict: mode === 'STRICT' });
}

interface Frame {
  readonly sdk: Record<string, Schema>;
  readonly client: string;
  readonly strict: boolean;
}

function unwrap(schema: Schema): Schema {
  let current = schema;
  while (typeof current === 'function') current = current();
  // A member's schema with traits: [schema, traits].
  if (Array.isArray(current) && current.length === 2 && typeof current[0] !== 'number') return unwrap(current[0]);
  if (Array.isArray(current) && current.length === 2 && (typeof current[1] === 'number' || isObject(current[1]))) {
    return unwrap(current[0]);
  }
  return current;
}

function fail(message: string): never {
  throw validation(`Mock result schema validation error: ${message}`);
}

/** Kinds of compound schemas: 0 simple, 1 list, 2 map, 3 structure, 4 union. */
function check(schema: Schema, value: Json, field: string | undefined, frame: Frame): void {
  if (Array.isArray(schema)) {
    if (schema[0] === 0) check(unwrap(schema[4]), value, field, frame);
    else if (schema[0] === 1) list(schema[4], value, field, frame);
    else if (schema[0] === 2) map(schema[5], value, field, frame);
    else structure(schema, value, field, frame);
    return;
  }
  if (typeof schema !== 'number') return;
  if (schema >= 128) map(schema - 128, value, field, frame);
  else if (schema >= 64) list(schema - 64, value, field, frame);
  else simple(schema, value, field, frame);
}

function list(item: Schema, value: Json, field: string | undefined, frame: Frame): void {
  if (!Array.isArray(value)) fail(`Field '${field}' must be an array`);
  for (const each of value) check(unwrap(item), each, field, frame);
}

function map(item: Schema, value: Json, field: string | undefined, frame: Frame): void {
  if (!isObject(value)) fail(`Field '${field}' must be an object`);
  for (const each of Object.values(value)) check(unwrap(item), each, field, frame);
}

function structure(schema: Schema[], value: Json, field: string | undefined, frame: Frame): void {
  if (!isObject(value)) {
    if (field === undefined) return;
    fail(`Field '${field}' must be an object`);
  }
  const names: string[] = schema[4] ?? [];
  const members: Schema[] = schema[5] ?? [];
  const required = typeof schema[6] === 'number' ? schema[6] : 0;
  for (const [i, sdkName] of names.entries()) {
    const name = `${sdkName[0]?.toUpperCase()}${sdkName.slice(1)}`;
    const given = value[name];
    if (given === undefined) {
      if (frame.strict && i < required) fail(`Required field '${name}' is missing`);
    } else if (!(field === undefined && name === 'Payload')) check(unwrap(members[i]), given, name, frame);
  }
}

const STRINGS = new Set([0, 4, 5, 6, 7, 15, 21, 42]);
const NUMBERS = new Set([1, 17, 19]);

function simple(kind: number, value: Json, field: string | undefined, frame: Frame): void {
  if (field === undefined || value === null) return;
  if (kind === 2 && typeof value !== 'boolean') fail(`Field '${field}' must be a boolean`);
  if (STRINGS.has(kind) && typeof value !== 'string') fail(`Field '${field}' must be a string`);
  if (NUMBERS.has(kind)) {
    if (typeof value !== 'number') fail(`Field '${field}' must be a number`);
    if (value < (LEAST[frame.client]?.[field] ?? Number.NEGATIVE_INFINITY)) {
      fail(`Field '${field}' is less than the minimum value`);
    }
  }
  const values = frame.sdk[field];
  if (kind === 0 && isObject(values) && !Object.values(values).includes(value)) {
    fail(`Field '${field}' is not an expected value`);
  }
}
