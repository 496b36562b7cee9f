// AcceptanceTestResults (story-loop): each acceptance line of each story, and what its test gave.

import { z } from 'zod';
import { claim } from './claim.ts';
import { id, text } from './fields.ts';
import { measured } from './measured.ts';

const acceptanceResultSchema = z.strictObject({
  test: text('test case id, such as S3.A1'),
  story: id('S'),
  statement: claim('the acceptance line'),
  outcome: measured(z.enum(['passed', 'failed']), 'what the test gave'),
});

export const acceptanceTestResultsSchema = z.strictObject({
  results: z.array(acceptanceResultSchema).describe('results so far'),
});

export type AcceptanceTestResults = z.infer<typeof acceptanceTestResultsSchema>;
export type AcceptanceResult = z.infer<typeof acceptanceResultSchema>;
