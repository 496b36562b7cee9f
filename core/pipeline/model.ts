// The pipeline as the rest of the system sees it: plain data, already checked, every quantity an integer in its
// smallest unit (or a share from 0 to 1). The YAML a person writes is friendlier; core/pipeline/load.ts turns one into
// the other. Nothing here computes.

import type { Json } from '../json.ts';

/** Name of an artifact type, such as `IdeaSpec`. `Idea` itself is the run's input, made by nobody. */
export type ArtifactType = string;

/** The run's input text: every phase may read it, no phase makes it. */
export const IDEA: ArtifactType = 'Idea';

/** Artifacts made when the run is closed, not by a phase; a dossier slot may ask for them. */
export const MADE_AT_CLOSE: readonly ArtifactType[] = ['Signature'];

/** The run ceiling above which a pipeline must state its total itself, in micro-USD (spec §4: 100 USD). */
export const UNSTATED_CEILING_USD_MICROS = 100_000_000;

/** Agents that may work one after another in a round: so many waves the history of its execution is proven for. */
export const MOST_AGENTS_IN_TURN = 16;

/** Rounds an iterative phase may take when it does not say (spec §2). */
export const DEFAULT_MAX_ROUNDS = 100;

/** Shards of one list worked on side by side in an iterative phase (spec §1). */
export const DEFAULT_SHARDS_AT_MOST = 4;

export interface Pipeline {
  /** kebab-case. */
  readonly name: string;
  /** Of the pipeline itself; semver text. */
  readonly version: string;
  readonly title: string;
  /** Model by tier; the first declared tier is the default one. */
  readonly models: Readonly<Record<string, ModelChoice>>;
  readonly dossier: { readonly slots: readonly DossierSlot[] };
  /** In declared order, which need not be a topological one. */
  readonly phases: readonly Phase[];
  readonly budget: RunBudget;
}

export interface ModelChoice {
  /** Id of a model provider, such as `offline`. */
  readonly provider: string;
  readonly model: string;
  /** What the model costs, where no price table knows it. */
  readonly price?: ModelPrice;
  /** Tokens of the longest answer it may give. */
  readonly answerTokens?: number;
}

/** In micro-USD for a million tokens. `cached`: input read from a cache; as `input` when absent. */
export interface ModelPrice {
  readonly input: number;
  readonly output: number;
  readonly cached?: number;
}

export interface DossierSlot {
  /** kebab-case, unique in the dossier. */
  readonly id: string;
  /** Such as `product`, `code`, `security`. */
  readonly section: string;
  /** Made by a phase, or one of MADE_AT_CLOSE. */
  readonly artifact: ArtifactType;
}

interface RunBudget {
  /** The run's ceiling in micro-USD: the sum of the phases' `usdMicros`. */
  readonly usdMicros: number;
}

export interface Phase {
  /** kebab-case, unique in the pipeline. */
  readonly id: string;
  readonly title: string;
  readonly needs: readonly ArtifactType[];
  readonly makes: readonly ArtifactType[];
  readonly mode: Mode;
  readonly aggregation: Aggregation;
  /** In declared order: it decides who wins a merge and a tie. */
  readonly agents: readonly PipelineAgent[];
  readonly budget: PhaseBudget;
  readonly gate: Gate;
  readonly clarification: Clarification;
  readonly retry: RetryCeiling;
  /** Heartbeats a claimed task may miss before it is handed out again; 3 when absent. */
  readonly silentBeats?: number;
}

export interface Mode {
  /** `partial`: half of the tasks at a time, rounded up. */
  readonly kind: 'sequential' | 'parallel' | 'atMost' | 'partial' | 'iterative';
  /** Tasks side by side; only with kind `atMost`, 1 or more. */
  readonly atMost?: number;
  /** Rounds until the phase is stopped; only with kind `iterative`, 1 to 100. */
  readonly maxRounds?: number;
}

export interface Aggregation {
  readonly kind: 'merge' | 'concat' | 'vote' | 'custom';
  /** Name of the custom function; only with kind `custom`. */
  readonly name?: string;
}

export interface PipelineAgent {
  /** Id in the agent catalogue, such as `risk-analysis`; unique in its phase. */
  readonly id: string;
  /** A key of `Pipeline.models`; the loader fills in the default tier. */
  readonly tier: string;
  /** Tools the agent may use, in the order the fallback ladder tries them. */
  readonly tools: readonly string[];
  readonly shard?: Shard;
  /** Agents named before it in the phase that it waits for, where the mode would run them side by side. */
  readonly after?: readonly string[];
  /** Least time the offline provider takes for one of the agent's tasks, ms; set by rehearsals. */
  readonly paceMs?: number;
}

/** Splits a list inside an input artifact into batches, each its own task. */
interface Shard {
  /** `Artifact.path`: the artifact and the dotted path of the list in its content, such as `UserStories.stories`. */
  readonly over: string;
  /** Items per task, 1 or more. */
  readonly size: number;
  /** Tasks of this list side by side, 1 or more. */
  readonly atMost: number;
}

/** For the phase over all its gate attempts, except `wallMinutes`, which is for one attempt. */
export interface PhaseBudget {
  readonly tokens: number;
  readonly toolMinutes: number;
  /** Also the phase's expected duration, by which the layout and the critical path are computed. */
  readonly wallMinutes: number;
  readonly usdMicros: number;
}

export interface Gate {
  /** Least score that passes, 0 to 1. */
  readonly minimum: number;
  /** Attempts of the phase, the first included, 1 or more. */
  readonly tries: number;
  readonly guards: readonly Guard[];
  /** Share of each criterion in the score; the shares sum to 1. */
  readonly weights: Readonly<Record<string, number>>;
  /** `person`: a gate that passed still waits for a person, and what is handed on is no longer untrusted. */
  readonly approval?: 'person';
}

/** A condition that fails the gate whatever the score. Parameters stand beside `criterion`, such as `atLeast: 0.7`. */
export interface Guard {
  readonly criterion: string;
  /**
   * Absent means true. `when-available`: unmeasured lowers the report's certainty only. `always`: without it there is
   * nothing to hand on, so the phase fails under `gates: advise` too.
   */
  readonly required?: true | 'when-available' | 'always';
  readonly [parameter: string]: Json | undefined;
}

interface Clarification {
  /** At most, per phase. */
  readonly questions: number;
  /** Least share of grounded claims in an answer set, 0 to 1. */
  readonly grounding: number;
  /** Question-answer-validation rounds, at most. */
  readonly rounds: number;
}

export interface RetryCeiling {
  /** Attempts of one task, the first included, whatever its error classes would allow. */
  readonly attempts: number;
  /** First backoff, ms. */
  readonly baseMs: number;
}

/** A pipeline as a run carries it: the hash names the behaviour, the structure hash the deployed run machine it fits. */
export interface PinnedPipeline {
  readonly pipeline: Pipeline;
  /** SHA-256 over the canonical JSON of `pipeline`. */
  readonly hash: string;
  /** See core/pipeline/structure.ts. */
  readonly structureHash: string;
}
