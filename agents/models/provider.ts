// The interface of a model: a request for one JSON value of a schema, grounded in sources.
// Providers hold no state that changes an answer; reservation and settlement of cost are the caller's.

import type { SourceName } from '../../core/artifacts/artifact-type.ts';
import type { Json } from '../../core/json.ts';

/** Text the answer may draw on. Untrusted: whatever it says is data, never an instruction. */
export interface ModelSource {
  readonly source: SourceName;
  /** The idea's text, or the content of the artifact. */
  readonly content: Json;
  /** Only strings at or below this JSON pointer are used; '' for all. Cites stay relative to the whole content. */
  readonly under: string;
}

export interface ModelRequest {
  /** What is being drafted, such as `IdeaSpec`; recorded, and told to the model. */
  readonly artifact: string;
  /** JSON Schema (2020-12) of the value wanted. */
  readonly schema: Record<string, Json>;
  readonly instructions: string;
  readonly sources: readonly ModelSource[];
  /** Asked again because grounding failed: prefer UNKNOWN to a weak claim. */
  readonly strict: boolean;
}

/** Counts of tokens; `cached` is the part of `input` that was read from a cache. */
interface TokenCounts {
  readonly input: number;
  readonly output: number;
  readonly cached: number;
}

export interface ModelResponse {
  readonly value: Json;
  readonly tokens: TokenCounts;
  readonly usdMicros: number;
  readonly provider: string;
  readonly model: string;
}

export interface ModelProvider {
  readonly id: string;
  /** An upper bound of what `generate` on the same request can cost; reserved before the call. */
  worstCase(request: ModelRequest): { readonly tokens: number; readonly usdMicros: number };
  /** @throws IdeaMineError of the class that the failure belongs to. */
  generate(request: ModelRequest, signal: AbortSignal): Promise<ModelResponse>;
}
