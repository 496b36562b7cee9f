// Shapes between Step Functions and the services: the SDK's answers as JSON with Java's member names.

import { type Json, type JsonObject, put } from '../json.ts';

/** Members of Step Functions' own API begin with a small letter in the SDK; in task parameters with a capital one. */
const SMALL_LETTER_APIS = new Set(['SFN']);

export function toSdk(service: string, parameters: JsonObject): JsonObject {
  if (!SMALL_LETTER_APIS.has(service)) return parameters;
  const out: JsonObject = {};
  for (const [key, value] of Object.entries(parameters)) put(out, `${key[0]?.toLowerCase()}${key.slice(1)}`, value);
  return out;
}

interface Stream {
  transformToString(): Promise<string> | string;
}

const isStream = (value: unknown): value is Stream =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Stream>).transformToString === 'function';

export function bodyText(body: unknown): string | Promise<string> {
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  if (isStream(body)) return body.transformToString();
  return '';
}

/** An SDK answer as JSON: `$metadata` left out, member names with capitals, dates as ISO texts, bodies as text. */
export function fromSdk(answer: unknown): JsonObject | Promise<JsonObject> {
  const source = (answer ?? {}) as Record<string, unknown>;
  const out: JsonObject = {};
  let pending: Promise<void> | undefined;
  for (const [key, value] of Object.entries(source)) {
    if (key === '$metadata' || value === undefined) continue;
    const name = `${key[0]?.toUpperCase()}${key.slice(1)}`;
    if (name === 'Body') {
      const text = bodyText(value);
      if (text instanceof Promise) {
        pending = text.then((body) => {
          out.Body = body;
        });
      } else out.Body = text;
    } else put(out, name, plain(value, key !== name));
  }
  return pending ? pending.then(() => out) : out;
}

function plain(value: unknown, rename: boolean): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Set) return [...value].map((item) => plain(item, rename));
  if (Array.isArray(value)) return value.map((item) => plain(item, rename));
  const out: JsonObject = {};
  for (const [key, item] of Object.entries(value as object)) {
    if (item !== undefined) put(out, rename ? `${key[0]?.toUpperCase()}${key.slice(1)}` : key, plain(item, rename));
  }
  return out;
}
