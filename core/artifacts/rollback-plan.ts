// RollbackPlan (release): when and how the release is taken back.

import { z } from 'zod';
import { count, id, text } from './fields.ts';

export const rollbackPlanSchema = z.strictObject({
  triggers: z.array(text('what starts a rollback')).describe('triggers'),
  steps: z
    .array(
      z.strictObject({
        id: id('B'),
        undoes: text('step of the deployment plan it undoes'),
        action: text('what is done'),
        check: text('how it is known to have worked'),
      }),
    )
    .describe('steps, the last deployment step first'),
  dataLoss: text('what is lost of data written since the deployment'),
  decideWithinMinutes: count('minutes within which it is decided'),
});

export type RollbackPlan = z.infer<typeof rollbackPlanSchema>;
