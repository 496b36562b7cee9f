// Why content does not fit the schema of its type, for people.

import { artifactSchema, isArtifactType } from '../../core/artifacts/registry.ts';
import type { Json } from '../../core/json.ts';

/** Names the first fields that do not fit. */
export function schemaProblem(type: string, content: Json): string | undefined {
  if (!isArtifactType(type)) return undefined;
  const parsed = artifactSchema(type).safeParse(content);
  if (parsed.success) return undefined;
  return parsed.error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'content'}: ${issue.message}`)
    .join('; ');
}
