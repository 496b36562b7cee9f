// The backend part: what the entities are, which operations there are, and the handler that answers them.

import type { DataModel, Entity } from '../../core/artifacts/data-model.ts';
import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import type { SourceFile } from '../../core/artifacts/source-code.ts';
import { file, quoted } from './files.ts';
import { operationsIn } from './openapi-operations.ts';

export function backendFiles(model: DataModel, api: OpenAPI): SourceFile[] {
  const operations = operationsIn(api);
  const ids = operations.map(({ operationId }) => operationId);
  const routes = operations.map(
    ({ operationId, method, path, entity, kind }) =>
      `  { operationId: ${quoted(operationId)}, method: ${quoted(method.toUpperCase())}, path: ${quoted(path)}, entity: ${quoted(entity)}, kind: ${quoted(kind)} },`,
  );
  return [
    file(
      'src/entities.ts',
      entitiesFile(model.entities),
      model.entities.map(({ name }) => name),
    ),
    file('src/routes.ts', [...ROUTES_HEAD, ...routes, '];'], ids),
    file('src/validate.ts', VALIDATE, ids),
    file('src/service.ts', SERVICE, ids),
  ];
}

function entitiesFile(entities: readonly Entity[]): string[] {
  const described = entities.flatMap(({ name, plural, fields }) => [
    `  ${name}: {`,
    `    table: ${quoted(plural)},`,
    '    fields: [',
    ...fields.map(
      (field) => `      { name: ${quoted(field.name)}, type: ${quoted(field.type)}, required: ${field.required} },`,
    ),
    '    ],',
    '  },',
  ]);
  return [...ENTITIES_HEAD, ...described, '};'];
}

const ENTITIES_HEAD = `// What each entity is: its table and its fields.

export type FieldType = 'id' | 'string' | 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'datetime' | 'reference';

export interface FieldDescription {
  readonly name: string;
  readonly type: FieldType;
  readonly required: boolean;
}

export interface EntityDescription {
  readonly table: string;
  readonly fields: readonly FieldDescription[];
}

export const entities: Readonly<Record<string, EntityDescription>> = {`.split('\n');

const ROUTES_HEAD = `// The operations of the API, as its OpenAPI document names them.

export interface Route {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly entity: string;
  readonly kind: 'list' | 'create' | 'read' | 'update' | 'remove';
}

export const routes: readonly Route[] = [`.split('\n');

const VALIDATE = `// Checks what a caller sent against the fields of an entity. Unknown fields are refused.

import type { EntityDescription, FieldDescription, FieldType } from './entities.ts';
import type { Row, Value } from './store.ts';

const SET_BY_SERVICE = new Set(['id', 'createdAt']);
const LONGEST: Readonly<Partial<Record<FieldType, number>>> = { string: 200, text: 5000, reference: 64, date: 10, datetime: 35 };

/** The row to store, or what is wrong, one sentence each. With \`partial\`, required fields may be missing. */
export function validate(entity: EntityDescription, body: unknown, partial: boolean): { row: Row } | { problems: string[] } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { problems: ['expected a JSON object'] };
  const fields = entity.fields.filter(({ name }) => !SET_BY_SERVICE.has(name));
  const problems = Object.keys(body)
    .filter((name) => !fields.some((field) => field.name === name))
    .map((name) => \`unknown field \${name}\`);
  const row: Row = {};
  for (const field of fields) {
    const value = (body as Record<string, unknown>)[field.name];
    if (value === undefined || value === null) {
      if (field.required && !partial) problems.push(\`\${field.name} is missing\`);
      continue;
    }
    const stored = convert(field, value);
    if (stored === undefined) problems.push(\`\${field.name}: expected a \${field.type}\`);
    else row[field.name] = stored;
  }
  return problems.length > 0 ? { problems } : { row };
}

function convert({ type }: FieldDescription, value: unknown): Value | undefined {
  if (type === 'integer') return Number.isInteger(value) ? (value as number) : undefined;
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  if (type === 'boolean') return typeof value === 'boolean' ? Number(value) : undefined;
  if (typeof value !== 'string' || value.length > (LONGEST[type] ?? 0) || value.length === 0) return undefined;
  if (type === 'date' && !/^\\d{4}-\\d{2}-\\d{2}$/.test(value)) return undefined;
  if (type === 'datetime' && Number.isNaN(Date.parse(value))) return undefined;
  return value;
}`.split('\n');

const SERVICE = `// Answers the API. Knows nothing of sockets: a request comes in as data, an answer goes out as data.

import { createHash, timingSafeEqual } from 'node:crypto';
import { type EntityDescription, entities } from './entities.ts';
import { type Route, routes } from './routes.ts';
import type { Row, Store } from './store.ts';
import { validate } from './validate.ts';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly token: string;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export interface Surroundings {
  readonly store: Store;
  readonly tokenHash: string;
  readonly now: () => Date;
  readonly newId: () => string;
}

export function answer(request: Request, around: Surroundings): Answer {
  if (request.method === 'GET' && request.path === '/health') return { status: 200, body: { status: 'ok' } };
  if (!isAllowed(request.token, around.tokenHash)) return problem(401, 'a valid bearer token is needed');
  for (const route of routes) {
    const id = match(route, request);
    const entity = entities[route.entity];
    if (id !== null && entity !== undefined) return perform(route, entity, id, request, around);
  }
  return problem(404, 'there is no such operation');
}

/** The id in the path, empty for a path without one; null when the route is another. */
function match(route: Route, { method, path }: Request): string | null {
  if (route.method !== method) return null;
  const base = route.path.replace('/{id}', '');
  if (route.path === base) return path === base ? '' : null;
  const id = path.startsWith(\`\${base}/\`) ? path.slice(base.length + 1) : '';
  return /^[A-Za-z0-9_-]{1,64}$/.test(id) ? id : null;
}

function perform(route: Route, entity: EntityDescription, id: string, request: Request, around: Surroundings): Answer {
  const { store } = around;
  if (route.kind === 'list') return list(entity, request.query, store);
  if (route.kind === 'create') return create(entity, request.body, around);
  const row = store.find(entity, id);
  if (row === undefined) return problem(404, 'there is no such record');
  if (route.kind === 'read') return { status: 200, body: row };
  if (route.kind === 'remove') {
    store.remove(entity, id);
    return { status: 204 };
  }
  const checked = validate(entity, request.body, true);
  if ('problems' in checked) return problem(400, checked.problems.join('; '));
  store.update(entity, id, checked.row);
  return { status: 200, body: { ...row, ...checked.row } };
}

function list(entity: EntityDescription, query: URLSearchParams, store: Store): Answer {
  const limit = Number(query.get('limit') ?? '50');
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) return problem(400, 'limit: expected 1 to 200');
  return { status: 200, body: store.list(entity, limit, query.get('after') ?? '') };
}

function create(entity: EntityDescription, body: unknown, { store, now, newId }: Surroundings): Answer {
  const checked = validate(entity, body, false);
  if ('problems' in checked) return problem(400, checked.problems.join('; '));
  const row: Row = { ...checked.row, id: newId(), createdAt: now().toISOString() };
  for (const { name } of entity.fields) row[name] ??= null;
  try {
    store.insert(entity, row);
  } catch (error) {
    if (String(error).includes('FOREIGN KEY')) return problem(400, 'a reference points to no record');
    throw error;
  }
  return { status: 201, body: row };
}

function isAllowed(token: string, tokenHash: string): boolean {
  const given = createHash('sha256').update(token).digest();
  const wanted = Buffer.from(tokenHash, 'hex');
  return wanted.length === given.length && timingSafeEqual(given, wanted);
}

function problem(status: number, detail: string): Answer {
  return { status, body: { title: 'The request was refused', status, detail } };
}`.split('\n');
