// The operations of the project's API, as its OpenAPI document says, and a request for each that needs nothing to be there.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const documentSchema = z.looseObject({
  servers: z.array(z.looseObject({ url: z.string() })).default([]),
  security: z.array(z.unknown()).optional(),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});
const operationSchema = z.looseObject({
  operationId: z.string().optional(),
  security: z.array(z.unknown()).optional(),
});

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

export interface ApiOperation {
  readonly name: string;
  readonly method: string;
  /** With `{parameters}` filled in by an id that nothing has. */
  readonly path: string;
  readonly hasParameters: boolean;
  readonly isSecured: boolean;
}

/** @returns why they cannot be read, otherwise. */
export function apiOperations(workspace: string): readonly ApiOperation[] | { readonly unreadable: string } {
  let document: z.infer<typeof documentSchema>;
  try {
    document = documentSchema.parse(JSON.parse(readFileSync(join(workspace, 'openapi.json'), 'utf8')));
  } catch (error) {
    return { unreadable: `openapi.json cannot be read: ${(error as Error).message.slice(0, 200)}` };
  }
  const base = basePath(document.servers[0]?.url ?? '');
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = operationSchema.safeParse(item[method]);
      if (!operation.success) return [];
      const security = operation.data.security ?? document.security ?? [];
      return [
        {
          name: operation.data.operationId ?? `${method.toUpperCase()} ${path}`,
          method: method.toUpperCase(),
          path: base + path.replace(/\{[^}]+\}/g, 'none-such'),
          hasParameters: path.includes('{'),
          isSecured: security.length > 0,
        },
      ];
    }),
  );
}

function basePath(url: string): string {
  const path = /^https?:\/\/[^/]+(\/.*)?$/.test(url) ? new URL(url).pathname : url;
  return path.replace(/\/$/, '');
}
