// What a dossier is made from: plain data that the caller has read. Nothing is looked up here.

import type { GateReport } from '../gates/report.ts';
import type { Json } from '../json.ts';
import type { LedgerEntry } from '../ledger/entry.ts';
import type { Pipeline } from '../pipeline/model.ts';
import type { ReleaseChange } from './semver.ts';

export interface DossierSource {
  readonly run: {
    readonly runId: string;
    readonly name: string;
    readonly status: 'SUCCEEDED' | 'FAILED';
    /** Why it ended as it did, for people. */
    readonly cause: string;
    /** ISO times. */
    readonly startedAt: string;
    readonly endedAt: string;
    readonly gates: 'enforce' | 'advise';
    readonly budgetUsdMicros: number;
  };
  readonly pipeline: Pipeline;
  /** SHA-256 over the canonical JSON of the pipeline. */
  readonly pipelineHash: string;
  readonly idea: string;
  readonly artifacts: readonly SourceArtifact[];
  /** Those that have begun, in any order. */
  readonly phases: readonly SourcePhase[];
  readonly entries: readonly LedgerEntry[];
  /** Version of the release before this one; null when this is the first. */
  readonly previousVersion: string | null;
  readonly change: ReleaseChange;
  /** Whether whoever closes the run will sign the dossier. */
  readonly signs: boolean;
}

export interface SourceArtifact {
  readonly type: string;
  /** SHA-256 of the stored envelope. */
  readonly sha256: string;
  readonly madeBy: {
    readonly phase: string;
    readonly agents: readonly string[];
    readonly provider: string | null;
    readonly model: string | null;
  };
  readonly content: Json;
}

export type PhaseVerdict = 'passed' | 'advised' | 'approved' | 'waived' | 'failed';

export interface SourcePhase {
  readonly phase: string;
  /** Absent when the run ended before the phase did. */
  readonly verdict?: PhaseVerdict;
  readonly score?: number | null;
  readonly reason?: string;
  readonly attempts: number;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly waiver?: {
    readonly owner: string;
    readonly justification: string;
    readonly compensatingControl: string;
    readonly expiresAt: string;
  };
  /** Of the last attempt that came to its gate. */
  readonly report?: GateReport;
}
