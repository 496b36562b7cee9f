import { measurement } from '../evidence/measurement.ts';
import { broken, type Guard, held } from '../guard.ts';
import { numberOf } from '../parameters.ts';

/** The service answers `atLeast` requests a second. */
export const requestsPerSecond: Guard = {
  id: 'requests-per-second',
  parameters: ['atLeast'],
  criterion: 'performance',
  check(evidence, parameters) {
    const least = numberOf(parameters, 'atLeast', 100);
    const throughput = measurement<{ requestsPerSecond: number }>(evidence, 'PerfReport', 'throughput');
    if (!('value' in throughput)) return throughput;
    const found = `${throughput.value.requestsPerSecond} requests/s`;
    if (throughput.value.requestsPerSecond >= least) return held(found);
    return broken(found, `at least ${least}`, [
      { kind: 'other', text: `the service answers ${found}, expected at least ${least}` },
    ]);
  },
};
