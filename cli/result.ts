// The one JSON object a finished run ends with, and the same as plain text.

import type { Snapshot } from './snapshot.ts';
import { spentBy } from './snapshot.ts';

export interface RunResult {
  readonly runId: string;
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RUNNING';
  readonly cause?: string;
  /** Paths of the files handed over; null when the run ended before it had a dossier. */
  readonly dossier: { readonly json: string; readonly html: string } | null;
  readonly phases: readonly PhaseResult[];
  readonly usdMicros: number;
  readonly tokens: number;
}

interface PhaseResult {
  readonly id: string;
  /** ISO times. */
  readonly start: string;
  readonly end: string | null;
  readonly status: string;
  readonly gate: {
    readonly verdict: 'passed' | 'advised' | 'failed';
    /** Null when nothing of it could be measured. */
    readonly score: number | null;
    readonly attempts: number;
  };
}

export function runResult(snapshot: Snapshot, dossier: RunResult['dossier']): RunResult {
  const { run, phases, tasks } = snapshot;
  return {
    runId: run.runId,
    status: run.status,
    cause: run.cause,
    dossier,
    phases: phases.map((phase) => ({
      id: phase.phase,
      start: phase.startedAt,
      end: phase.endedAt ?? null,
      status: phase.status,
      gate: {
        verdict: gateVerdict(phase.verdict),
        score: phase.score ?? null,
        attempts: phase.attempt,
      },
    })),
    ...spentBy(tasks),
  };
}

/** An approval or a waiver lets a failed gate go on, as advice does. */
function gateVerdict(verdict: Snapshot['phases'][number]['verdict']): PhaseResult['gate']['verdict'] {
  if (verdict === 'passed' || verdict === undefined) return verdict ?? 'failed';
  return verdict === 'failed' ? 'failed' : 'advised';
}
