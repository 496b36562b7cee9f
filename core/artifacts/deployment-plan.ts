// DeploymentPlan (release): how the release reaches its users, step by step.

import { z } from 'zod';
import { id, text, texts } from './fields.ts';
import { semver } from './release-notes.ts';
import { workspaceSchema } from './workspace.ts';

export const deploymentPlanSchema = z.strictObject({
  version: semver,
  workspace: workspaceSchema.optional(),
  prerequisites: z
    .array(
      z.strictObject({
        what: text('what must be there'),
        met: z.enum(['yes', 'no', 'unknown']).describe('whether it is'),
      }),
    )
    .describe('before the first step'),
  steps: z
    .array(
      z.strictObject({
        id: id('D'),
        action: text('what is done'),
        check: text('how it is known to have worked'),
        command: z.string().describe('command; empty when there is none'),
      }),
    )
    .describe('steps in order'),
  stages: z
    .array(
      z.strictObject({ name: text('stage'), trafficPercent: z.int().min(0).max(100).describe('share of traffic') }),
    )
    .describe('stages of the roll-out'),
  healthChecks: texts('paths asked to see that the service is well'),
});

export type DeploymentPlan = z.infer<typeof deploymentPlanSchema>;
