// DeploymentReport (beta): what was really deployed, and the health checks after it.

import { z } from 'zod';
import { count, id, text } from './fields.ts';
import { measured } from './measured.ts';
import { semver } from './release-notes.ts';

export const deploymentReportSchema = z.strictObject({
  version: semver,
  url: measured(z.string().min(1), 'where the service answers'),
  steps: z
    .array(
      z.strictObject({
        id: id('D'),
        action: text('what was to be done'),
        outcome: measured(z.enum(['done', 'failed']), 'what came of it'),
      }),
    )
    .describe('steps of the plan'),
  health: measured(z.strictObject({ passed: count('checks passed'), total: count('checks made') }), 'health checks'),
});
