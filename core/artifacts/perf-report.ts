// PerfReport (qa): latency and throughput of the started service.

import { z } from 'zod';
import { count, texts } from './fields.ts';
import { measured } from './measured.ts';

export const perfReportSchema = z.strictObject({
  operations: texts('operation ids to be measured'),
  latency: measured(
    z.strictObject({
      requests: count('requests sent'),
      p50Ms: z.number().min(0).describe('median, in milliseconds'),
      p95Ms: z.number().min(0).describe('95th percentile, in milliseconds'),
      p99Ms: z.number().min(0).describe('99th percentile, in milliseconds'),
    }),
    'response times at one request at a time',
  ),
  throughput: measured(
    z.strictObject({
      requestsPerSecond: z.number().min(0).describe('requests answered a second'),
      errors: count('requests that failed'),
      connections: count('connections open at once'),
      seconds: z.number().min(0).describe('length of the measurement'),
    }),
    'requests a second under load',
  ),
});
