// ItemReader: the items of a distributed Map from S3, as JSON, JSON lines, CSV, a manifest or a listing.

import type { Fabric } from '../../service.ts';
import type { ItemReader, MapState } from '../definition/program.ts';
import { runtime, StateFailure } from '../failure.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Scope } from '../scope.ts';
import { parseCsv } from './csv.ts';
import { bodyText, fromSdk } from './shapes.ts';

interface Found {
  items: Json[];
  source: string;
}

/** Most items a map run takes from a file that gives no MaxItems (AWS: 100,000,000). */
const MAX_ITEMS = 100_000_000;

function readerFailed(cause: string): StateFailure {
  return new StateFailure('States.ItemReaderFailed', cause, { plain: true });
}

/** @throws StateFailure States.ItemReaderFailed, or a promise rejected with one */
export function readItems(
  fabric: Fabric,
  state: MapState,
  input: Json,
  scope: Scope,
  role: string,
  maxItems: number | undefined,
): Found | Promise<Found> {
  const reader = state.reader as ItemReader;
  const parameters = reader.parameters?.(input, scope);
  if (!isObject(parameters)) throw runtime('The ItemReader has no parameters.');
  const operation = reader.resource.slice(reader.resource.lastIndexOf(':') + 1);
  const limit = maxItems ?? MAX_ITEMS;
  const source = `s3://${String(parameters.Bucket)}/${String(parameters.Key ?? parameters.Prefix ?? '')}`;
  const take = (items: Json[]): Found => ({ items: items.length > limit ? items.slice(0, limit) : items, source });
  if (operation === 'listObjectsV2') return chain(list(fabric, parameters, role), take);
  return chain(get(fabric, parameters, role), (text) => take(parseItems(reader, text)));
}

function chain<A, B>(value: A | Promise<A>, then: (value: A) => B | Promise<B>): B | Promise<B> {
  return value instanceof Promise ? value.then(then) : then(value);
}

function s3(fabric: Fabric, operation: string, parameters: JsonObject, role: string): unknown {
  const refuse = (cause: unknown): never => {
    if (!(cause instanceof Error)) throw cause;
    throw readerFailed(`${cause.message} (Service: S3, Status Code: ${(cause as { status?: number }).status ?? 400})`);
  };
  try {
    const answer = fabric.call('S3', operation, parameters, { principal: role });
    return answer instanceof Promise ? answer.catch(refuse) : answer;
  } catch (cause) {
    return refuse(cause);
  }
}

function get(fabric: Fabric, parameters: JsonObject, role: string): string | Promise<string> {
  const answer = s3(fabric, 'GetObject', parameters, role);
  const body = (value: unknown) => bodyText((value as { Body?: unknown }).Body);
  return answer instanceof Promise ? answer.then(body) : body(answer);
}

/** All pages of a listing. A page that answers later is taken up in a turn, since the next call belongs in one. */
function list(fabric: Fabric, parameters: JsonObject, role: string, before: Json[] = []): Json[] | Promise<Json[]> {
  const take = (answer: JsonObject): Json[] | Promise<Json[]> => {
    const items = [...before, ...((answer.Contents as JsonObject[] | undefined) ?? []).map(listed)];
    const token = answer.NextContinuationToken;
    if (token === undefined || token === null) return items;
    return list(fabric, { ...parameters, ContinuationToken: token }, role, items);
  };
  const answer = chain(s3(fabric, 'ListObjectsV2', parameters, role), fromSdk);
  if (!(answer instanceof Promise)) return take(answer);
  return answer.then(
    (page) =>
      new Promise((resolve, reject) => {
        fabric.turns.defer(() => {
          try {
            resolve(take(page));
          } catch (cause) {
            reject(cause);
          }
        });
      }),
  );
}

/** An object of a listing as an item: `Etag`, and the time in epoch seconds ("ItemReader (Map)", developer guide). */
function listed({ Key, ETag, LastModified, Size, StorageClass }: JsonObject): JsonObject {
  const seconds = Math.floor(new Date(String(LastModified)).getTime() / 1000);
  return {
    Etag: ETag ?? null,
    Key: Key ?? null,
    LastModified: Number.isNaN(seconds) ? null : seconds,
    Size: Size ?? 0,
    StorageClass: StorageClass ?? 'STANDARD',
  };
}

function parseItems(reader: ItemReader, text: string): Json[] {
  switch (reader.inputType) {
    case 'CSV':
      return csvItems(reader, text);
    case 'JSONL':
      return text
        .split(/\r?\n/)
        .filter((line) => line.trim() !== '')
        .map(parse);
    case 'MANIFEST':
      return manifest(reader, text);
    default: {
      const value = parse(text);
      const pointer = reader.config.ItemsPointer;
      const found = typeof pointer === 'string' ? at(value, pointer) : value;
      if (isObject(found) && found !== value) return Object.entries(found).map(([Key, Value]) => ({ Key, Value }));
      if (!Array.isArray(found)) throw readerFailed('Attempting to map over non-iterable node.');
      return found;
    }
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw readerFailed('Could not parse the item source as JSON.');
  }
}

function at(value: Json, pointer: string): Json | undefined {
  let current: Json | undefined = value;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    current = Array.isArray(current) ? current[Number(key)] : isObject(current) ? current[key] : undefined;
  }
  return current;
}

function csvItems(reader: ItemReader, text: string): Json[] {
  const delimiters: Record<string, string> = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' };
  const rows = parseCsv(text, delimiters[String(reader.config.CSVDelimiter ?? 'COMMA')] ?? ',');
  const given = reader.config.CSVHeaderLocation === 'GIVEN';
  const headers = given ? ((reader.config.CSVHeaders as string[] | undefined) ?? []) : (rows.shift() ?? []);
  if (new Set(headers).size < headers.length) throw readerFailed('CSV headers cannot contain duplicates.');
  return rows.map((row) => Object.fromEntries(headers.map((header, i) => [header, row[i] ?? ''])));
}

/** An S3 inventory's or a Map Run's manifest names files; reading those is not offered here. */
function manifest(reader: ItemReader, text: string): Json[] {
  if (reader.config.ManifestType === 'ATHENA_DATA') return text.split(/\r?\n/).filter((line) => line !== '');
  const value = parse(text);
  if (!isObject(value) || !Array.isArray(value.files)) throw readerFailed('The manifest names no files.');
  return value.files;
}
