// What people want to see of an OpenAPI document: its operations, each in a line.

import { isRecord } from '../gates/evidence/look.ts';
import type { Json } from '../json.ts';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

export interface OpenApiSummary {
  readonly says: string;
  readonly operations: readonly {
    readonly method: string;
    readonly path: string;
    readonly summary: string;
    readonly stories: readonly string[];
  }[];
}

export function openApiSummary(document: Json): OpenApiSummary {
  const { info, paths, components } = isRecord(document) ? document : {};
  const operations = Object.entries(isRecord(paths) ? paths : {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = isRecord(item) ? item[method] : undefined;
      if (!isRecord(operation)) return [];
      const stories = Array.isArray(operation['x-stories']) ? operation['x-stories'].map(String) : [];
      return [{ method: method.toUpperCase(), path, summary: String(operation.summary ?? ''), stories }];
    }),
  );
  const schemas = isRecord(components) && isRecord(components.schemas) ? Object.keys(components.schemas) : [];
  const title = isRecord(info) ? `${String(info.title)} ${String(info.version)}` : 'API';
  const on = schemas.length > 0 ? ` on ${schemas.join(', ')}` : '';
  return { says: `${title}: ${operations.length} operations${on}.`, operations };
}
