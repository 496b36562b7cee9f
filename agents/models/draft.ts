// From an agent's draft request to a provider's request and back to a checked value.
// The worker reserves before and settles after; this file neither spends nor stores.

import { z } from 'zod';
import type { ArtifactType } from '../../core/artifacts/artifact-type.ts';
import { IdeaMineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { AgentInput, DraftRequest, SourceRef } from '../sdk/context.ts';
import type { ModelRequest, ModelSource } from './provider.ts';

/** @throws IdeaMineError `IdeaMine.MissingArtifact` when a source is not at hand. */
export function modelRequest<T>(request: DraftRequest<T>, input: AgentInput, strict: boolean): ModelRequest {
  const { $schema: _, ...schema } = z.toJSONSchema(request.schema) as Record<string, Json>;
  return {
    artifact: request.artifact,
    schema,
    instructions: request.instructions,
    sources: request.sources.map((ref) => modelSource(ref, input)),
    strict,
  };
}

/** @throws IdeaMineError `IdeaMine.Schema` naming the first fields that do not fit. */
export function checkedDraft<T>(value: Json, request: DraftRequest<T>): T {
  const result = request.schema.safeParse(value);
  if (result.success) return result.data;
  throw new IdeaMineError('IdeaMine.Schema', `draft of ${request.artifact}: ${z.prettifyError(result.error)}`, {
    retryable: true,
  });
}

function modelSource(ref: SourceRef, input: AgentInput): ModelSource {
  const { source, under } = typeof ref === 'string' ? { source: ref, under: '' } : ref;
  const content = source === 'Idea' ? input.idea : input.artifact<Json>(source as ArtifactType);
  return { source, content, under };
}
