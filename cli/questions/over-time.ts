// How phases and runs have done over days, from the figures that are kept when they end.

import type { PhaseMetric } from '../../core/metrics/stored.ts';
import { summaryOf } from '../../core/metrics/summary.ts';
import { phaseMetrics, runMetrics } from '../../store/metrics.ts';
import type { Stage } from '../stage.ts';
import { daysAgo, phasesOf, type Question, type Row, seconds } from './question.ts';

async function byPhase(stage: Stage, days: number, rowOf: (metrics: readonly PhaseMetric[]) => Row): Promise<Row[]> {
  const since = daysAgo(stage, days);
  const phases = await phasesOf(stage);
  return Promise.all(phases.map(async (phase) => ({ phase, ...rowOf(await phaseMetrics(stage.table, phase, since)) })));
}

function durations(metrics: readonly PhaseMetric[]): Row {
  const { count, mean, median, p95 } = summaryOf(metrics.map(({ durationMs }) => durationMs));
  return { runs: count, meanSeconds: seconds(mean), medianSeconds: seconds(median), p95Seconds: seconds(p95) };
}

export const phaseDurations: Question = {
  name: 'phase-durations',
  asks: 'how long did each phase take over the last 7 days (mean, median, p95)?',
  answer: (stage) => byPhase(stage, 7, durations),
};

export const phaseDuration: Question = {
  name: 'phase-duration',
  asks: 'how long does a phase take on average, over the 90 days that are kept?',
  about: 'phase',
  async answer(stage, phase) {
    const metrics = await phaseMetrics(stage.table, phase, daysAgo(stage, 90));
    return [{ phase, ...durations(metrics) }];
  },
};

export const costByPhase: Question = {
  name: 'cost-by-phase',
  asks: 'what did each phase cost over the last 30 days?',
  answer: (stage) =>
    byPhase(stage, 30, (metrics) => {
      const usdMicros = metrics.reduce((sum, one) => sum + one.usdMicros, 0);
      return {
        runs: metrics.length,
        usdMicros,
        meanUsdMicros: metrics.length === 0 ? null : Math.round(usdMicros / metrics.length),
        tokens: metrics.reduce((sum, one) => sum + one.tokens, 0),
      };
    }),
};

export const gates: Question = {
  name: 'gates',
  asks: 'how often did each gate pass over the last 30 days, with what score and how many retries?',
  answer: (stage) =>
    byPhase(stage, 30, (metrics) => {
      const scores = metrics.flatMap(({ gate }) => (gate.score === null ? [] : [gate.score]));
      const retries = metrics.reduce((sum, { gate }) => sum + gate.retries, 0);
      return {
        gates: metrics.length,
        passed: metrics.filter(({ gate }) => gate.passed).length,
        meanScore: scores.length === 0 ? null : round(scores.reduce((sum, one) => sum + one, 0) / scores.length),
        meanRetries: metrics.length === 0 ? null : round(retries / metrics.length),
      };
    }),
};

const round = (value: number): number => Math.round(value * 1000) / 1000;

export const success: Question = {
  name: 'success',
  asks: 'how many runs succeeded over the last 30 days, how long did they take and what did they cost?',
  async answer(stage) {
    const metrics = await runMetrics(stage.table, daysAgo(stage, 30));
    const took = summaryOf(metrics.map(({ durationMs }) => durationMs));
    const cost = summaryOf(metrics.map(({ usdMicros }) => usdMicros));
    const succeeded = metrics.filter(({ status }) => status === 'SUCCEEDED').length;
    return [
      {
        runs: metrics.length,
        succeeded,
        rate: metrics.length === 0 ? null : round(succeeded / metrics.length),
        medianSeconds: seconds(took.median),
        p95Seconds: seconds(took.p95),
        meanUsdMicros: cost.mean,
        p95UsdMicros: cost.p95,
      },
    ];
  },
};
