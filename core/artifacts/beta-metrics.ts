// BetaMetrics (beta): what is counted in the beta, and what the first users are asked.

import { z } from 'zod';
import { claim } from './claim.ts';
import { id, text } from './fields.ts';
import { measured } from './measured.ts';

export const betaMetricsSchema = z.strictObject({
  signals: z
    .array(
      z.strictObject({
        id: id('BM'),
        statement: claim('the signal of success it counts'),
        target: z.number().nullable().describe('value to reach; null when none is stated'),
        value: measured(z.number(), 'value so far'),
      }),
    )
    .describe('signals of success of the strategy, counted'),
  feedback: z
    .strictObject({
      questions: z
        .array(
          z.strictObject({
            id: id('BQ'),
            about: text('release note entry or channel it is about'),
            question: text('what users are asked'),
          }),
        )
        .describe('what the first users are asked'),
      responses: measured(z.array(z.strictObject({ question: id('BQ'), text: text('answer') })), 'what they answered'),
    })
    .describe('feedback of first users'),
});
