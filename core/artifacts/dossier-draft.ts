// DossierDraft (release): what the release phase itself can see of the dossier's content. The dossier is made at close.

import { z } from 'zod';
import { sourceNames } from './artifact-type.ts';
import { text } from './fields.ts';
import { semver } from './release-notes.ts';

export const dossierDraftSchema = z.strictObject({
  version: semver,
  items: z
    .array(
      z.strictObject({
        section: z.enum(['product', 'code', 'security', 'quality', 'deployment']).describe('section of the dossier'),
        artifact: z.enum(sourceNames).describe('artifact type'),
        state: z.enum(['complete', 'unmeasured']).describe('unmeasured: at least one figure in it is missing'),
        unmeasured: z
          .array(text('JSON pointer of a missing figure, a colon, and the reason'))
          .describe('what is missing in it'),
      }),
    )
    .describe('artifacts at hand'),
});
