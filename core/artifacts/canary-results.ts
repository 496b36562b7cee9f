// CanaryResults (beta): what the canary window showed, rule by rule.

import { z } from 'zod';
import { count, text } from './fields.ts';
import { measured } from './measured.ts';

export const canaryResultsSchema = z.strictObject({
  windowSeconds: count('length of the window that was asked for'),
  requests: measured(
    z.strictObject({
      total: count('requests in the window'),
      errors: count('requests that failed'),
      seconds: count('seconds that were really watched').optional(),
    }),
    'traffic of the window',
  ),
  rules: z
    .array(
      z.strictObject({
        metric: text('what was watched'),
        outcome: measured(z.enum(['held', 'breached']), 'whether the rule held'),
      }),
    )
    .describe('rules of CanaryRules'),
  decision: measured(z.enum(['promote', 'rollback', 'hold']), 'what was decided'),
});
