import { measurement } from '../evidence/measurement.ts';
import { broken, type Guard, held } from '../guard.ts';
import { numberOf } from '../parameters.ts';

/** The 95th percentile of response times is `atMost` milliseconds. */
export const responseTime: Guard = {
  id: 'response-time',
  parameters: ['atMost'],
  criterion: 'performance',
  check(evidence, parameters) {
    const most = numberOf(parameters, 'atMost', 1000);
    const latency = measurement<{ p95Ms: number }>(evidence, 'PerfReport', 'latency');
    if (!('value' in latency)) return latency;
    const found = `p95 ${latency.value.p95Ms} ms`;
    if (latency.value.p95Ms <= most) return held(found);
    return broken(found, `at most ${most} ms`, [
      { kind: 'other', text: `responses take ${found}, expected at most ${most} ms` },
    ]);
  },
};
