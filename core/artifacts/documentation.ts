// Documentation (release): what users, operators and callers of the API read.

import { z } from 'zod';
import { claims } from './claim.ts';
import { text } from './fields.ts';

export const documentationSchema = z.strictObject({
  sections: z
    .array(
      z.strictObject({
        id: z.enum(['overview', 'users', 'operators', 'limits']).describe('whom it is for'),
        title: text('its title'),
        body: claims('what readers of this section need to know', 8),
      }),
    )
    .describe('sections'),
  endpoints: z
    .array(
      z.strictObject({
        operationId: text('operation'),
        method: text('HTTP method'),
        path: text('path'),
        text: text('what it does and how it is called'),
      }),
    )
    .describe('every endpoint of the service'),
  commands: z
    .array(z.strictObject({ command: text('what is typed'), text: text('what it does') }))
    .describe('every command of the project'),
});

export type Documentation = z.infer<typeof documentationSchema>;
