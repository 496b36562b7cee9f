// The dossier as data. JSON, HTML and later PDF are made from this one model.
// `canonical` is equal, byte for byte, for two runs on the same inputs; everything that a clock or a meter gave stands in
// `measured`.

import type { GateReport } from '../gates/report.ts';
import type { Json } from '../json.ts';
import type { CostSummary } from '../ledger/costs.ts';
import type { Signature } from '../ledger/signature.ts';
import type { Figure } from './figures.ts';
import type { PhaseVerdict } from './source.ts';

export interface Dossier {
  readonly format: 'ideamine.dossier/1';
  readonly canonical: Canonical;
  readonly measured: Measured;
}

/**
 * `released`: every phase was handed on and every gate passed. `advised`: handed on although gates did not pass.
 * `partial`: the run ended before its last phase was handed on.
 */
export type Standing = 'released' | 'advised' | 'partial';

export interface Canonical {
  readonly title: string;
  /** Semantic version; the first release is 1.0.0. */
  readonly version: string;
  readonly standing: Standing;
  readonly idea: { readonly sha256: string; readonly text: string };
  readonly pipeline: { readonly name: string; readonly version: string; readonly title: string; readonly hash: string };
  readonly completeness: Completeness;
  readonly sections: readonly Section[];
  /** In the pipeline's order of phases and of what they make. */
  readonly artifacts: readonly DossierArtifact[];
  /** In the pipeline's order; all phases, reached or not. */
  readonly phases: readonly DossierPhase[];
}

export interface Completeness {
  readonly slots: number;
  readonly filled: number;
  /** Slots that are not filled, each with the reason. */
  readonly missing: readonly { readonly slot: string; readonly artifact: string; readonly reason: string }[];
}

export interface Section {
  readonly id: string;
  readonly slots: readonly Slot[];
}

export interface Slot {
  readonly id: string;
  readonly artifact: string;
  /** Phase that makes it, or `close`. */
  readonly maker: string;
  /** `unmeasured`: it is there, but figures it must have were not measured. */
  readonly state: 'filled' | 'unmeasured' | 'missing';
  /** Empty when filled. */
  readonly reason: string;
  /** Of the artifact's canonical content; null when missing. */
  readonly sha256: string | null;
}

export interface DossierArtifact {
  readonly type: string;
  /** Of the canonical content. */
  readonly sha256: string;
  readonly phase: string;
  readonly agents: readonly string[];
  readonly provider: string | null;
  readonly model: string | null;
  /** Measured figures say that they were measured, and by what; their values stand in `measured`. */
  readonly content: Json;
}

export interface DossierPhase {
  readonly id: string;
  readonly title: string;
  readonly verdict: PhaseVerdict | 'unfinished' | 'not reached';
  readonly minimum: number;
  readonly waiver: { readonly [field: string]: string } | null;
}

/** What a gate went by, as far as it rests on what was measured. */
export interface GateFigures {
  readonly phase: string;
  readonly score: number | null;
  readonly attempts: number;
  readonly reason: string;
  readonly report: GateReport | null;
}

/** What was measured of an artifact. */
export interface ArtifactFigures {
  readonly type: string;
  /** Of the stored envelope, as the ledger has it. */
  readonly sha256: string;
  readonly figures: readonly Figure[];
}

export interface Measured {
  readonly runId: string;
  readonly name: string;
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly cause: string;
  /** ISO times. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationMs: number;
  readonly mode: 'enforce' | 'advise';
  readonly budgetUsdMicros: number;
  readonly costs: CostSummary;
  /** In the order of the canonical artifacts. */
  readonly artifacts: readonly ArtifactFigures[];
  /** In the order of the canonical phases. */
  readonly gates: readonly GateFigures[];
  /** In order of start. */
  readonly timeline: readonly Span[];
  /** In order of the ledger. */
  readonly decisions: readonly Decision[];
  readonly ledger: { readonly entries: number; readonly head: string };
  /** Over the canonical content and the ledger's head; null where the stage has no signing key. */
  readonly signature: Signature | null;
}

export interface Span {
  readonly phase: string;
  readonly title: string;
  readonly startedAt: string;
  /** The run's end for a phase that did not end. */
  readonly endedAt: string;
  readonly durationMs: number;
}

export interface Decision {
  readonly seq: number;
  readonly at: string;
  readonly who: string;
  readonly phase: string | null;
  readonly decided: string;
  readonly because: string;
}
