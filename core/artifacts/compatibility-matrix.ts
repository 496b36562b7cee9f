// CompatibilityMatrix (qa): what the product was really run on.

import { z } from 'zod';
import { text } from './fields.ts';
import { measured } from './measured.ts';

export const compatibilityMatrixSchema = z.strictObject({
  rows: z
    .array(
      z.strictObject({
        kind: z.enum(['runtime', 'browser', 'viewport']).describe('what varies'),
        target: text('which one, such as a browser or a width in pixels'),
        outcome: measured(z.enum(['works', 'fails']), 'what happened on it'),
      }),
    )
    .describe('targets'),
});

export type CompatibilityMatrix = z.infer<typeof compatibilityMatrixSchema>;
