import type { Criterion, Finding } from '../criterion.ts';
import { measurement } from '../evidence/measurement.ts';

/** What the product has to reach (spec §6, qa). */
const MOST_MS = 1000;
const LEAST_PER_SECOND = 100;

export const performance: Criterion = {
  id: 'performance',
  kind: 'measured',
  evidence: 'PerfReport.latency (95th percentile) and PerfReport.throughput of the started service',
  formula: `mean of min(1, ${MOST_MS} ms / p95) and min(1, requests per second / ${LEAST_PER_SECOND})`,
  evaluate(evidence) {
    const latency = measurement<{ p95Ms: number }>(evidence, 'PerfReport', 'latency');
    if (!('value' in latency)) return latency;
    const throughput = measurement<{ requestsPerSecond: number }>(evidence, 'PerfReport', 'throughput');
    if (!('value' in throughput)) return throughput;
    const { p95Ms } = latency.value;
    const { requestsPerSecond } = throughput.value;
    const score = (Math.min(1, MOST_MS / Math.max(p95Ms, 1)) + Math.min(1, requestsPerSecond / LEAST_PER_SECOND)) / 2;
    const detail = `p95 ${p95Ms} ms, ${requestsPerSecond} requests/s`;
    const findings: Finding[] = score < 1 ? [{ kind: 'other', text: `the service is too slow: ${detail}` }] : [];
    return { status: 'measured', score, detail, findings };
  },
};
