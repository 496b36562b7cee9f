// The text of the generated service's files that are the same for every project.

export const ENTITIES_HEAD = `// What each entity is: its table and its fields.

export type FieldType = 'id' | 'string' | 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'datetime' | 'reference';

export interface FieldDescription {
  readonly name: string;
  readonly type: FieldType;
  readonly required: boolean;
  /** Name of the entity a reference points to; empty otherwise. */
  readonly references: string;
}

export interface EntityDescription {
  readonly table: string;
  readonly fields: readonly FieldDescription[];
}

export const entities: Readonly<Record<string, EntityDescription>> = {`.split('\n');

export const ROUTES_HEAD =
  `// The operations of the API, as its OpenAPI document names them; paths with the fewest parameters first.

export interface Route {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly entity: string;
  readonly kind: 'list' | 'create' | 'read' | 'update' | 'remove' | 'unsupported';
  readonly filters: readonly string[];
  readonly since: boolean;
  readonly csv: boolean;
}

export const routes: readonly Route[] = [`.split('\n');

export const VALIDATE = `// Checks what a caller sent against the fields of an entity. Unknown fields are refused.

import type { EntityDescription, FieldDescription, FieldType } from './entities.ts';
import type { Row, Value } from './store.ts';

const SET_BY_SERVICE = new Set(['id', 'createdAt']);
const LONGEST: Readonly<Partial<Record<FieldType, number>>> = { string: 200, text: 5000, reference: 64, date: 10, datetime: 35 };
const DATE = /^\\d{4}-\\d{2}-\\d{2}$/;

/** The row to store, or what is wrong, one sentence each. With \`partial\`, required fields may be missing. */
export function validate(entity: EntityDescription, body: unknown, partial: boolean): { row: Row } | { problems: string[] } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { problems: ['expected a JSON object'] };
  const sent = new Map<string, unknown>(Object.entries(body));
  const fields = entity.fields.filter(({ name }) => !SET_BY_SERVICE.has(name));
  const problems = [...sent.keys()]
    .filter((name) => !fields.some((field) => field.name === name))
    .map((name) => \`unknown field \${name}\`);
  const values: [string, Value][] = [];
  for (const field of fields) {
    const value = sent.get(field.name);
    if (value === undefined && partial) continue;
    if (value === undefined || value === null) {
      if (field.required) problems.push(\`\${field.name} is missing\`);
      values.push([field.name, null]);
      continue;
    }
    const stored = convert(field, value);
    if (stored === undefined) problems.push(\`\${field.name}: expected a \${field.type}\`);
    else values.push([field.name, stored]);
  }
  return problems.length > 0 ? { problems } : { row: Object.fromEntries(values) };
}

/** A value as it is stored; undefined when it is not of the field's type. */
export function convert({ type }: FieldDescription, value: unknown): Value | undefined {
  if (type === 'integer') return Number.isSafeInteger(value) ? (value as number) : undefined;
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  if (type === 'boolean') return typeof value === 'boolean' ? Number(value) : undefined;
  if (typeof value !== 'string' || value.length > (LONGEST[type] ?? 0) || value.length === 0) return undefined;
  if (type === 'date') return isDate(value) ? value : undefined;
  if (type === 'datetime') return Number.isNaN(Date.parse(value)) ? undefined : new Date(value).toISOString();
  return value;
}

/** A day of the calendar: 2030-02-30 is none. */
function isDate(value: string): boolean {
  const time = DATE.test(value) ? Date.parse(value) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === value;
}`.split('\n');

export const CSV = `// Records as CSV (RFC 4180). A cell that a spreadsheet would take for a formula is made plain text.

import type { EntityDescription } from './entities.ts';
import type { Row, Value } from './store.ts';

export function csvOf({ fields }: EntityDescription, rows: readonly Row[]): string {
  const names = fields.map(({ name }) => name);
  const lines = [names.join(','), ...rows.map((row) => names.map((name) => cell(row[name] ?? null)).join(','))];
  return lines.map((line) => \`\${line}\\r\\n\`).join('');
}

function cell(value: Value): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const text = /^[=+\\-@\\t\\r]/.test(value) ? \`'\${value}\` : value;
  return /[",\\r\\n]/.test(text) ? \`"\${text.replaceAll('"', '""')}"\` : text;
}`.split('\n');

export const RULE =
  `// A rule of the product: a change it refuses, and the sentence that says why. Each story keeps its rules in a file of
// its own under stories/, so that two stories never change the same line.

import type { Row } from './store.ts';

export interface Change {
  readonly kind: 'create' | 'update' | 'remove';
  readonly entity: string;
  /** The record before the change; null when it is made. */
  readonly before: Row | null;
  /** The record after the change; null when it is removed. */
  readonly after: Row | null;
}

export interface Known {
  /** Every record of an entity. */
  all(entity: string): Row[];
  now(): Date;
}

export interface Rule {
  readonly story: string;
  /** Said to who is refused. */
  readonly says: string;
  refuses(change: Change, known: Known): boolean;
}
`.split('\n');

export const SERVICE =
  `// Answers the API. Knows nothing of sockets: a request comes in as data, an answer goes out as data.

import { createHash, timingSafeEqual } from 'node:crypto';
import { csvOf } from './csv.ts';
import { type EntityDescription, entities } from './entities.ts';
import { type Route, routes } from './routes.ts';
import type { Change, Rule } from './rule.ts';
import { BrokenReference, EVERYTHING, type Row, type Store, type Wanted } from './store.ts';
import { convert, validate } from './validate.ts';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly token: string;
  readonly accept: string;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** Given instead of a body: text of the media type text/csv. */
  readonly csv?: string;
}

export interface Surroundings {
  readonly store: Store;
  readonly rules: readonly Rule[];
  /** SHA-256 of the token that callers must have, hex. */
  readonly tokenHash: string;
  readonly now: () => Date;
  readonly newId: () => string;
}

const MOST_LISTED = 200;

export function answer(request: Request, around: Surroundings): Answer {
  if (!isAllowed(request.token, around.tokenHash)) return problem(401, 'a valid bearer token is needed');
  for (const route of routes) {
    const id = idIn(route, request);
    if (id === null) continue;
    const entity = entities[route.entity];
    if (entity === undefined || route.kind === 'unsupported') return problem(501, 'this operation is not implemented');
    return perform(route, entity, id, request, around);
  }
  return problem(404, 'there is no such operation');
}

/** The last parameter in the path, empty for a path without one; null when the route is another. */
function idIn(route: Route, request: Request): string | null {
  const wanted = route.path.split('/');
  const given = request.path.split('/');
  if (route.method !== request.method || wanted.length !== given.length) return null;
  let id = '';
  for (const [at, part] of wanted.entries()) {
    const value = given[at] ?? '';
    if (!part.startsWith('{')) {
      if (part !== value) return null;
      continue;
    }
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(value)) return null;
    id = value;
  }
  return id;
}

function perform(route: Route, entity: EntityDescription, id: string, request: Request, around: Surroundings): Answer {
  const { store } = around;
  if (route.kind === 'list') return list(route, entity, request, store);
  if (route.kind === 'create') return create(route, entity, request.body, around);
  const row = store.find(entity, id);
  if (row === undefined) return problem(404, 'there is no such record');
  if (route.kind === 'read') return { status: 200, body: shown(entity, row) };
  if (route.kind === 'remove') {
    return change({ kind: 'remove', entity: route.entity, before: row, after: null }, around, () => {
      store.remove(entity, id);
      return { status: 204 };
    });
  }
  const checked = validate(entity, request.body, request.method === 'PATCH');
  if ('problems' in checked) return problem(400, checked.problems.join('; '));
  const after = { ...row, ...checked.row };
  return change({ kind: 'update', entity: route.entity, before: row, after }, around, () => {
    store.update(entity, id, checked.row);
    return { status: 200, body: shown(entity, after) };
  });
}

function list(route: Route, entity: EntityDescription, { query, accept }: Request, store: Store): Answer {
  const limit = Number(query.get('limit') ?? '50');
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_LISTED) return problem(400, \`limit: expected 1 to \${MOST_LISTED}\`);
  const since = route.since ? (query.get('since') ?? '') : '';
  if (since !== '' && Number.isNaN(Date.parse(since))) return problem(400, 'since: expected a datetime');
  const where: Wanted['where'][number][] = [];
  for (const name of route.filters) {
    const text = query.get(name);
    const field = entity.fields.find((one) => one.name === name);
    if (text === null || field === undefined) continue;
    const value = convert(field, asSent(field.type, text));
    if (value === undefined) return problem(400, \`\${name}: expected a \${field.type}\`);
    where.push({ field: name, contains: field.type === 'string' || field.type === 'text', value });
  }
  const moment = since === '' ? '' : new Date(since).toISOString();
  if (route.csv && accept.includes('text/csv')) {
    return { status: 200, csv: csvOf(entity, store.list(entity, { ...EVERYTHING, since: moment, where })) };
  }
  const rows = store.list(entity, { limit, after: query.get('after') ?? '', since: moment, where });
  return { status: 200, body: rows.map((row) => shown(entity, row)) };
}

/** A query has only text. */
function asSent(type: string, text: string): unknown {
  if (type === 'integer' || type === 'number') return text.trim() === '' ? text : Number(text);
  return type === 'boolean' && (text === 'true' || text === 'false') ? text === 'true' : text;
}

function create(route: Route, entity: EntityDescription, body: unknown, around: Surroundings): Answer {
  const checked = validate(entity, body, false);
  if ('problems' in checked) return problem(400, checked.problems.join('; '));
  const row: Row = { ...checked.row, id: around.newId(), createdAt: around.now().toISOString() };
  return change({ kind: 'create', entity: route.entity, before: null, after: row }, around, () => {
    around.store.insert(entity, row);
    return { status: 201, body: shown(entity, row) };
  });
}

/** Makes the change unless a rule refuses it. */
function change(wanted: Change, { rules, store, now }: Surroundings, make: () => Answer): Answer {
  const known = {
    all: (name: string) => {
      const entity = entities[name];
      return entity === undefined ? [] : store.list(entity, EVERYTHING);
    },
    now,
  };
  const broken = rules.find((rule) => rule.refuses(wanted, known));
  if (broken !== undefined) return problem(409, broken.says);
  try {
    return make();
  } catch (error) {
    if (error instanceof BrokenReference) return problem(409, 'a reference would point to no record');
    throw error;
  }
}

/** A record as callers see it: what it lacks is left out, and booleans are kept as 0 and 1. */
function shown({ fields }: EntityDescription, row: Row): Record<string, unknown> {
  const known = fields.filter(({ name }) => Object.hasOwn(row, name) && row[name] !== null);
  return Object.fromEntries(known.map(({ name, type }) => [name, type === 'boolean' ? row[name] === 1 : row[name]]));
}

function isAllowed(token: string, tokenHash: string): boolean {
  const given = createHash('sha256').update(token).digest();
  const wanted = Buffer.from(tokenHash, 'hex');
  return wanted.length === given.length && timingSafeEqual(given, wanted);
}

function problem(status: number, detail: string): Answer {
  return { status, body: { title: 'The request was refused', status, detail } };
}`.split('\n');
