// Puts the started service under load with autocannon, on the loopback: the answer times of one request at a time, then the
// throughput of several connections at once. Asks for the first list of the API, or the page where there is none.

import autocannon from 'autocannon';
import { apiOperations } from '../operations.ts';
import { startService } from '../service.ts';
import { json, type Tool } from '../tool.ts';

/** Of the measurement of answer times, s. */
const LATENCY_SECONDS = 3;

export const load: Tool<'load'> = async (place, { seconds, connections }) => {
  const operations = apiOperations(place.workspace);
  const list = Array.isArray(operations)
    ? operations.find(({ method, hasParameters }) => method === 'GET' && !hasParameters)
    : undefined;
  const service = await startService(place);
  if ('unstartable' in service) return { unmeasured: service.unstartable };
  try {
    const url = service.url + (list?.path ?? '/');
    const headers = { authorization: `Bearer ${service.token}` };
    const one = await autocannon({ url, headers, connections: 1, duration: LATENCY_SECONDS, timeout: 10 });
    const many = await autocannon({ url, headers, connections, duration: seconds, timeout: 10 });
    const failed = (result: autocannon.Result) => result.errors + result.timeouts + result.non2xx;
    return {
      value: {
        operation: `GET ${list?.path ?? '/'}`,
        latency: {
          requests: one.requests.total,
          p50Ms: one.latency.p50,
          // The 97.5th percentile is what it keeps; it is at least the 95th.
          p95Ms: one.latency.p97_5,
          p99Ms: one.latency.p99,
        },
        throughput: {
          requestsPerSecond: many.requests.average,
          errors: failed(many) + failed(one),
          connections,
          seconds: many.duration,
        },
      },
      report: json({ latency: one, throughput: many }),
    };
  } finally {
    await service.stop();
  }
};
