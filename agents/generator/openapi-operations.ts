// The operations of an OpenAPI document as a flat list, in document order.

import { httpMethods, type OpenAPI } from '../../core/artifacts/openapi.ts';

export interface ListedOperation {
  readonly operationId: string;
  readonly method: (typeof httpMethods)[number];
  readonly path: string;
  readonly entity: string;
  readonly kind: 'list' | 'create' | 'read' | 'update' | 'remove';
  readonly summary: string;
  readonly stories: readonly string[];
}

export function operationsIn({ paths }: OpenAPI): ListedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    httpMethods.flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      const { operationId, summary, tags } = operation;
      const stories = operation['x-stories'];
      return [{ operationId, method, path, entity: tags[0] ?? '', kind: kindOf(method, path), summary, stories }];
    }),
  );
}

function kindOf(method: ListedOperation['method'], path: string): ListedOperation['kind'] {
  if (method === 'get') return path.endsWith('/{id}') ? 'read' : 'list';
  if (method === 'post') return 'create';
  return method === 'delete' ? 'remove' : 'update';
}
