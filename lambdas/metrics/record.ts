// Keeps the figures of a phase or a run that has ended. Asked again it keeps the same.

import type { GateReport } from '../../core/gates/report.ts';
import { phaseMetric, spentOn } from '../../core/metrics/stored.ts';
import { listAttempts } from '../../store/attempts.ts';
import { putPhaseMetric, putRunMetric } from '../../store/metrics.ts';
import { type Bucket, getText } from '../../store/objects.ts';
import { getPhase } from '../../store/phases.ts';
import { getRun } from '../../store/runs.ts';
import type { Table } from '../../store/table.ts';
import { listTasks } from '../../store/task-row.ts';
import type { Log } from '../serve.ts';

export interface MetricsDeps {
  readonly table: Table;
  readonly bucket: Bucket;
}

export interface About {
  readonly runId: string;
  /** Absent: the run itself. */
  readonly phase?: string;
}

export function record(deps: MetricsDeps, about: About, log: Log): Promise<void> {
  return about.phase === undefined
    ? recordRun(deps, about.runId, log)
    : recordPhase(deps, about.runId, about.phase, log);
}

async function recordPhase({ table, bucket }: MetricsDeps, runId: string, phase: string, log: Log): Promise<void> {
  const [run, row] = await Promise.all([getRun(table, runId), getPhase(table, runId, phase)]);
  if (run === undefined || row?.endedAt === undefined || row.verdict === undefined) {
    log.info('no figures yet: the phase has not ended, or goes on again');
    return;
  }
  const tasks = await listTasks(table, runId, phase);
  const attempts = await listAttempts(table, runId);
  const gated = attempts.findLast((attempt) => attempt.phase === phase && attempt.report !== undefined);
  const text = gated?.report && (await getText(bucket, gated.report.key));
  const ended = { ...row, endedAt: row.endedAt, verdict: row.verdict, score: row.score ?? null };
  const report = text === undefined ? undefined : (JSON.parse(text) as GateReport);
  await putPhaseMetric(table, phaseMetric(run.pipeline.name, ended, tasks, report));
}

async function recordRun({ table }: MetricsDeps, runId: string, log: Log): Promise<void> {
  const run = await getRun(table, runId);
  if (run?.endedAt === undefined || run.status === 'RUNNING') {
    log.info('no figures yet: the run has not ended, or goes on again');
    return;
  }
  await putRunMetric(table, {
    runId,
    pipeline: run.pipeline.name,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    durationMs: Date.parse(run.endedAt) - Date.parse(run.startedAt),
    status: run.status,
    ...spentOn(await listTasks(table, runId)),
  });
}
