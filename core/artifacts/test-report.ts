// TestReport (qa): end-to-end tests of the whole product, by story.

import { z } from 'zod';
import { claim } from './claim.ts';
import { count, id, text } from './fields.ts';
import { measured } from './measured.ts';

export const testReportSchema = z.strictObject({
  stories: z
    .array(
      z.strictObject({
        story: id('S'),
        title: claim('the story in one line'),
        outcome: measured(z.enum(['passed', 'failed']), 'what its end-to-end test gave'),
      }),
    )
    .describe('every implemented story'),
  run: measured(
    z.strictObject({ passed: count('tests passed'), failed: count('tests failed'), skipped: count('tests skipped') }),
    'what the end-to-end runner reported',
  ),
  limits: z.array(text('what was not tested, and why')).describe('limits of the report'),
});

export type TestReport = z.infer<typeof testReportSchema>;
