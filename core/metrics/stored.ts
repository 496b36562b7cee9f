// Figures that are kept when a phase or a run has ended: one record each, enough for every question about many runs, so that
// none of them has to read the runs themselves.

import type { GateReport } from '../gates/report.ts';

export interface PhaseMetric {
  readonly runId: string;
  readonly pipeline: string;
  readonly phase: string;
  /** ISO times. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationMs: number;
  readonly usdMicros: number;
  readonly tokens: number;
  /** Tasks by how they ended. */
  readonly agents: { readonly ok: number; readonly failed: number };
  readonly gate: {
    readonly passed: boolean;
    readonly verdict: string;
    readonly score: number | null;
    /** Attempts after the first. */
    readonly retries: number;
  };
  /** Measured criteria of the last gate, 0 to 1 by id: pass rates, coverage and the like. */
  readonly criteria: Readonly<Record<string, number>>;
  /** Findings by criterion: unsupported claims, vulnerabilities, secrets. */
  readonly findings: Readonly<Record<string, number>>;
}

export interface RunMetric {
  readonly runId: string;
  readonly pipeline: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationMs: number;
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly usdMicros: number;
  readonly tokens: number;
}

/** What is counted of a task. */
export interface CountedTask {
  readonly status: string;
  readonly spentUsdMicros: number;
  readonly spentTokens: number;
}

export interface EndedPhase {
  readonly runId: string;
  readonly phase: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly attempt: number;
  readonly verdict: string;
  readonly score: number | null;
}

/** @param tasks of all attempts of the phase: their sums are the phase's, to the micro-USD. */
export function phaseMetric(
  pipeline: string,
  phase: EndedPhase,
  tasks: readonly CountedTask[],
  report: GateReport | undefined,
): PhaseMetric {
  const criteria = (report?.criteria ?? []).filter(({ status }) => status === 'measured');
  return {
    runId: phase.runId,
    pipeline,
    phase: phase.phase,
    startedAt: phase.startedAt,
    endedAt: phase.endedAt,
    durationMs: Date.parse(phase.endedAt) - Date.parse(phase.startedAt),
    ...spentOn(tasks),
    agents: {
      ok: tasks.filter(({ status }) => status === 'committed').length,
      failed: tasks.filter(({ status }) => status === 'set-aside' || status === 'failed').length,
    },
    gate: {
      passed: phase.verdict === 'passed',
      verdict: phase.verdict,
      score: phase.score,
      retries: phase.attempt - 1,
    },
    criteria: Object.fromEntries(criteria.map(({ id, score }) => [id, score as number])),
    findings: Object.fromEntries(criteria.map(({ id, findings }) => [id, findings])),
  };
}

export function spentOn(tasks: readonly CountedTask[]): { usdMicros: number; tokens: number } {
  return {
    usdMicros: tasks.reduce((sum, { spentUsdMicros }) => sum + spentUsdMicros, 0),
    tokens: tasks.reduce((sum, { spentTokens }) => sum + spentTokens, 0),
  };
}
