// The operations of an OpenAPI document as a flat list, in document order, each with the entity and the act it stands for.

import { httpMethods, type OpenAPI, type Operation } from '../../core/artifacts/openapi.ts';

export interface ListedOperation {
  readonly operationId: string;
  readonly method: (typeof httpMethods)[number];
  readonly path: string;
  readonly entity: string;
  readonly kind: 'list' | 'create' | 'read' | 'update' | 'remove' | 'unsupported';
  readonly summary: string;
  readonly stories: readonly string[];
  /** Fields that a list may be narrowed by. */
  readonly filters: readonly string[];
  /** Whether a list can be asked for since a moment, and as CSV. */
  readonly since: boolean;
  readonly csv: boolean;
}

interface Named {
  readonly name: string;
  readonly table: string;
}

const NO_FILTER = new Set(['limit', 'after', 'since']);

/** @param entities those that are built; without them every tag counts as an entity. */
export function operationsIn({ paths }: OpenAPI, entities?: readonly Named[]): ListedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    httpMethods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [listed(operation, method, path, entities)];
    }),
  );
}

function listed(
  operation: Operation,
  method: ListedOperation['method'],
  path: string,
  entities: readonly Named[] | undefined,
): ListedOperation {
  const { operationId, summary, tags, parameters } = operation;
  const entity = entities === undefined ? (tags[0] ?? '') : (entityOf(path, tags, entities)?.name ?? '');
  const asked = parameters.filter((one) => one.in === 'query').map(({ name }) => name);
  return {
    operationId,
    method,
    path,
    entity,
    kind: entity === '' ? 'unsupported' : kindOf(method, path),
    summary,
    stories: operation['x-stories'],
    filters: asked.filter((name) => !NO_FILTER.has(name)),
    since: asked.includes('since'),
    csv: Object.hasOwn(operation.responses['200']?.content ?? {}, 'text/csv'),
  };
}

function entityOf(path: string, tags: readonly string[], entities: readonly Named[]): Named | undefined {
  const collection = path
    .split('/')
    .filter((part) => part !== '' && !part.startsWith('{'))
    .at(-1);
  return entities.find(({ name }) => tags.includes(name)) ?? entities.find(({ table }) => table === collection);
}

/** A collection has no parameter in its path; one record has one, at the end. */
function kindOf(method: ListedOperation['method'], path: string): ListedOperation['kind'] {
  const isOne = /^[^{}]*\/\{[^{}/]+\}$/.test(path);
  if (!isOne && /[{}]/.test(path)) return 'unsupported';
  if (method === 'get') return isOne ? 'read' : 'list';
  if (method === 'post') return isOne ? 'unsupported' : 'create';
  if (!isOne) return 'unsupported';
  return method === 'delete' ? 'remove' : 'update';
}
