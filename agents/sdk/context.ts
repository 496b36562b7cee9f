// What an agent sees of the world while it works. The worker implements it; tests implement it in memory.
// Everything an agent does that costs, waits or leaves the process goes through here.

import type { z } from 'zod';
import type { ArtifactType, SourceName } from '../../core/artifacts/artifact-type.ts';
import type { Json } from '../../core/json.ts';

/** One batch of a sharded list input; `items` are the batch's own. */
export interface Shard {
  readonly index: number;
  readonly count: number;
  readonly items: readonly Json[];
}

export interface AgentInput {
  readonly idea: string;
  /**
   * An artifact the phase needs, or one that earlier waves of the same round have made so far: their results
   * aggregated in declared agent order, so possibly with only some of its fields.
   * @throws IdeaMineError `IdeaMine.MissingArtifact` when there is none.
   */
  artifact<T = Json>(type: ArtifactType): T;
  has(type: ArtifactType): boolean;
  /** The aggregated artifacts map of the round before (`{StoryProgress: ...}`); null in the first round. */
  readonly previous: Json | null;
}

/** A source by name, or only the part of it at or below a JSON pointer. */
export type SourceRef = SourceName | { readonly source: SourceName; readonly under: string };

export interface DraftRequest<T> {
  /** What the value is part of; for records and prompts. */
  readonly artifact: ArtifactType;
  readonly schema: z.ZodType<T>;
  readonly instructions: string;
  readonly sources: readonly SourceRef[];
}

export interface AgentModel {
  /**
   * A value of the schema, grounded in the sources. The worker reserves the worst case, asks the tier's provider,
   * validates, and settles the cost. @throws IdeaMineError `IdeaMine.Schema` when the answer does not fit the schema.
   */
  draft<T>(request: DraftRequest<T>): Promise<T>;
}

/** An act on the outside: `do` runs at most once per key; `undo` compensates it when a later gate fails for good. */
export interface Effect<T> {
  readonly key: string;
  do(): Promise<T>;
  undo?(result: T): Promise<void>;
}

export interface AgentLog {
  info(message: string, data?: Record<string, Json>): void;
  warn(message: string, data?: Record<string, Json>): void;
}

export interface AgentContext {
  readonly runId: string;
  readonly phase: string;
  readonly attempt: number;
  readonly round: number;
  readonly agent: string;
  readonly task: string;
  readonly shard: Shard | null;
  /** A stricter prompt is asked for, since an earlier answer was not grounded. */
  readonly strict: boolean;
  /** The name of the last step an interrupted attempt had finished; null on a fresh start. */
  readonly resumed: string | null;
  readonly input: AgentInput;
  /** Runs `fn` once per task: a resumed task gets the recorded result. The result must be JSON; names are unique in a task. */
  step<T>(name: string, fn: () => Promise<T> | T): Promise<T>;
  effect<T>(name: string, effect: Effect<T>): Promise<T>;
  checkpoint(data: Json): Promise<void>;
  /** Share of the work done, 0..1. */
  progress(fraction: number): Promise<void>;
  readonly model: AgentModel;
  /** Calls an allowed tool. @throws IdeaMineError `IdeaMine.ToolDenied` when the phase does not allow it to this agent. */
  tool(name: string, input: Json): Promise<Json>;
  readonly signal: AbortSignal;
  readonly log: AgentLog;
}
