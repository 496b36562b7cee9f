// From an agent's draft request to a provider's request and back to a checked value.
// The worker reserves before and settles after; this file neither spends nor stores.

import { z } from 'zod';
import type { ArtifactType } from '../../core/artifacts/artifact-type.ts';
import { IdeaMineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { AgentInput, DraftRequest, SourceRef } from '../sdk/context.ts';
import type { ModelNote, ModelRequest, ModelSource } from './provider.ts';

export interface Asking {
  readonly input: AgentInput;
  readonly strict: boolean;
  /** File name of the agent's own prompt, where it has one. */
  readonly prompt?: string;
}

/** @throws IdeaMineError `IdeaMine.MissingArtifact` when a source is not at hand. */
export function modelRequest<T>(request: DraftRequest<T>, { input, strict, prompt }: Asking): ModelRequest {
  const { $schema: _, ...schema } = z.toJSONSchema(request.schema) as Record<string, Json>;
  return {
    artifact: request.artifact,
    schema,
    instructions: request.instructions,
    sources: request.sources.map((ref) => modelSource(ref, input)),
    ...notesOf(request, input),
    strict,
    ...(prompt === undefined ? {} : { prompt }),
  };
}

/** What the last gate found and what was answered since go with every request of the attempt. */
function notesOf<T>(
  { notes = [] }: DraftRequest<T>,
  { directions, knowledge = [] }: AgentInput,
): Pick<ModelRequest, 'notes'> {
  const found = directions?.issues.map(({ kind, text }) => `${kind}: ${text}`) ?? [];
  const known = knowledge.map(({ decision, statement }) => `${decision.artifact}${decision.pointer}: ${statement}`);
  const all: ModelNote[] = [
    ...notes,
    ...(found.length > 0 ? [{ label: 'what the gate found in the last attempt', content: found }] : []),
    ...(known.length > 0 ? [{ label: 'what is known by now', content: known }] : []),
  ];
  return all.length > 0 ? { notes: all } : {};
}

/** @returns the value, or what does not fit in words for people and for a model. */
export function fitting<T>(value: Json, request: DraftRequest<T>): { readonly value: T } | { readonly faults: string } {
  const result = request.schema.safeParse(value);
  return result.success ? { value: result.data } : { faults: z.prettifyError(result.error) };
}

/** @throws IdeaMineError `IdeaMine.Schema` naming the first fields that do not fit. */
export function checkedDraft<T>(value: Json, request: DraftRequest<T>): T {
  const fit = fitting(value, request);
  if ('value' in fit) return fit.value;
  throw new IdeaMineError('IdeaMine.Schema', `draft of ${request.artifact}: ${fit.faults}`, { retryable: true });
}

function modelSource(ref: SourceRef, input: AgentInput): ModelSource {
  const { source, under } = typeof ref === 'string' ? { source: ref, under: '' } : ref;
  const content = source === 'Idea' ? input.idea : input.artifact<Json>(source as ArtifactType);
  return { source, content, under };
}
