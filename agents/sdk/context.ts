// What an agent sees of the world while it works. The worker implements it; tests implement it in memory.
// Everything an agent does that costs, waits or leaves the process goes through here.

import type { z } from 'zod';
import type { ArtifactType, SourceName, WorkingPaper } from '../../core/artifacts/artifact-type.ts';
import type { RawReport } from '../../core/artifacts/measured.ts';
import type { Frame } from '../../core/clarification/knowledge.ts';
import type { Directions } from '../../core/gates/directions.ts';
import type { Json } from '../../core/json.ts';
import type { ToolInputs, ToolName, ToolValues } from './tools.ts';

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
  artifact<T = Json>(type: ArtifactType | WorkingPaper): T;
  has(type: ArtifactType | WorkingPaper): boolean;
  /** The aggregated artifacts map of the round before (`{StoryProgress: ...}`); null in the first round. */
  readonly previous: Json | null;
  /** From the second attempt on: what the last gate found, and what is done otherwise because of it. */
  readonly directions?: Directions;
  /** What the phase found out by asking itself, in earlier attempts. */
  readonly knowledge?: readonly Frame[];
}

/** A source by name, or only the part of it at or below a JSON pointer. */
export type SourceRef = SourceName | { readonly source: SourceName; readonly under: string };

export interface DraftRequest<T> {
  /** What the value is part of; for records and prompts. */
  readonly artifact: ArtifactType;
  readonly schema: z.ZodType<T>;
  readonly instructions: string;
  readonly sources: readonly SourceRef[];
  /** Further text that is no source of claims, such as what a tool said. Given to the model as data, like the sources. */
  readonly notes?: readonly { readonly label: string; readonly content: Json }[];
}

export interface AgentModel {
  /**
   * A value of the schema, grounded in the sources. The worker reserves the worst case, asks the tier's provider,
   * validates, and settles the cost. @throws IdeaMineError `IdeaMine.Schema` when the answer does not fit the schema.
   */
  draft<T>(request: DraftRequest<T>): Promise<T>;
  /** Whether it can write text of its own, such as code; one that only quotes its sources cannot. */
  readonly writes: boolean;
}

/** An act on the outside: `do` runs at most once per key; `undo` compensates it when a later gate fails for good. */
export interface Effect<T> {
  readonly key: string;
  do(): Promise<T>;
  undo?(result: T): Promise<void>;
}

/** A text file of a project, by its path from the project's root. */
export interface WorkspaceFile {
  readonly path: string;
  readonly text: string;
}

/** A project as tools get it: kept by the hash of its files, so that later phases can name it. */
export interface WorkspaceRef {
  readonly sha256: string;
  readonly bytes: number;
}

/** What a tool gave. It maps one to one to a measured figure of an artifact (core/artifacts/measured.ts). */
export type ToolResult<Value = Json> =
  | { readonly status: 'measured'; readonly by: string; readonly value: Value; readonly report: RawReport }
  | { readonly status: 'unmeasured'; readonly reason: string };

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
  /** What `checkpoint` last kept of an interrupted attempt; null on a fresh start. */
  readonly saved: Json | null;
  readonly input: AgentInput;
  /** Runs `fn` once per task: a resumed task gets the recorded result. The result must be JSON; names are unique in a task. */
  step<T>(name: string, fn: () => Promise<T> | T): Promise<T>;
  effect<T>(name: string, effect: Effect<T>): Promise<T>;
  checkpoint(data: Json): Promise<void>;
  /** Share of the work done, 0..1. */
  progress(fraction: number): Promise<void>;
  readonly model: AgentModel;
  /** Keeps a project for tools to work on. The same files give the same reference. */
  workspace(files: readonly WorkspaceFile[]): Promise<WorkspaceRef>;
  /**
   * Runs an allowed tool on a project. The same tool on the same input is measured once a run. A tool that cannot run here
   * answers `unmeasured` with what it would take. @throws IdeaMineError `IdeaMine.ToolDenied` when the phase does not allow
   * it to this agent.
   */
  tool<Name extends ToolName>(name: Name, input: ToolInputs[Name]): Promise<ToolResult<ToolValues[Name]>>;
  readonly signal: AbortSignal;
  readonly log: AgentLog;
}
