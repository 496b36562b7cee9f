// CanaryRules (release): what a small share of traffic must show before the rest follows.

import { z } from 'zod';
import { count, text } from './fields.ts';

export const canaryRulesSchema = z.strictObject({
  windowSeconds: count('length of the window in seconds'),
  trafficPercent: z.int().min(1).max(100).describe('share of traffic sent to the new version'),
  rules: z
    .array(
      z.strictObject({
        metric: z.enum(['error-share', 'latency-p95', 'health']).describe('what is watched'),
        comparison: z.enum(['at-most', 'at-least']).describe('which way it must be'),
        limit: count('the limit, in the unit'),
        unit: z.enum(['basis-points', 'milliseconds']).describe('unit of the limit; 100 basis points are 1 %'),
        onBreach: z.enum(['rollback', 'hold']).describe('what happens otherwise'),
      }),
    )
    .describe('rules, all of which must hold'),
  minimumRequests: count('requests below which the window says nothing'),
  basis: text('where the limits come from'),
});

export type CanaryRules = z.infer<typeof canaryRulesSchema>;
