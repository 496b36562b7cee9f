// InfrastructureSpec (architecture): what the system runs on, its environments, and what it needs of each.

import { z } from 'zod';
import { claim, claims } from './claim.ts';
import { count, text, texts } from './fields.ts';

const resourceSchema = z.strictObject({
  name: text('name of the resource'),
  kind: z.enum(['service', 'database', 'static-site', 'queue', 'bucket', 'scheduler']).describe('what it is'),
  serves: texts('components or entities it serves'),
  reason: claim('the statement that asks for it; UNKNOWN when it follows from the design alone'),
});

export const infrastructureSpecSchema = z.strictObject({
  drivers: claims('infrastructure driver: hosting, server, cost, internet, offline, backup, number of users', 5),
  resources: z.array(resourceSchema).describe('what has to run'),
  environments: z
    .array(
      z.strictObject({ name: text('its name'), purpose: text('what it is for'), resources: texts('resources in it') }),
    )
    .describe('separate copies of the system'),
  configuration: z
    .array(
      z.strictObject({
        name: text('environment variable'),
        purpose: text('what it sets'),
        secret: z.boolean().describe('whether it is secret'),
      }),
    )
    .describe('what is set from outside'),
  backups: z
    .strictObject({
      everyHours: count('hours between backups'),
      keepDays: count('days a backup is kept'),
    })
    .describe('how data is kept safe'),
});
