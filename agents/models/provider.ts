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

/** Text that is no source of claims, such as what a tool said. Untrusted all the same. */
export interface ModelNote {
  readonly label: string;
  readonly content: Json;
}

export interface ModelRequest {
  /** What is being drafted, such as `IdeaSpec`; recorded, and told to the model. */
  readonly artifact: string;
  /** JSON Schema (2020-12) of the value wanted. */
  readonly schema: Record<string, Json>;
  readonly instructions: string;
  readonly sources: readonly ModelSource[];
  readonly notes?: readonly ModelNote[];
  /** Asked again because grounding failed: prefer UNKNOWN to a weak claim. */
  readonly strict: boolean;
  /** File name of the agent's own prompt, where it has one. */
  readonly prompt?: string;
  /** Asked again because the answer did not fit the schema. */
  readonly repair?: Repair;
}

interface Repair {
  /** The answer that did not fit, as the model gave it. */
  readonly answer: string;
  readonly faults: string;
}

/** Counts of tokens; `cached` is the part of `input` that was read from a cache. */
export interface TokenCounts {
  readonly input: number;
  readonly output: number;
  readonly cached: number;
}

/** Tokens in all and micro-USD. */
export interface CallCost {
  readonly tokens: number;
  readonly cachedTokens: number;
  readonly usdMicros: number;
}

/** Who answered, and by what: for the ledger. */
export interface AnsweredBy {
  readonly provider: string;
  readonly model: string;
  /** SHA-256 of the prompt files that were used. */
  readonly prompt?: string;
  /** The price table the cost was computed from. */
  readonly prices?: string;
}

export interface ModelResponse extends AnsweredBy {
  readonly value: Json;
  readonly tokens: TokenCounts;
  readonly usdMicros: number;
}

export interface ModelProvider {
  readonly id: string;
  /** Asking again with the faults of the first answer can give another one. Absent: it cannot. */
  readonly repairs?: boolean;
  /** An upper bound of what `generate` on the same request can cost; reserved before the call. */
  worstCase(request: ModelRequest): { readonly tokens: number; readonly usdMicros: number };
  /** @throws IdeaMineError of the class that the failure belongs to; a `FailedCall` where something was or may be charged. */
  generate(request: ModelRequest, signal: AbortSignal): Promise<ModelResponse>;
}
