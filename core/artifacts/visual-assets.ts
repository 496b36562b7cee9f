// VisualAssets (aesthetic): drawings made from the tokens.

import { z } from 'zod';
import { text, texts } from './fields.ts';

export const visualAssetsSchema = z.strictObject({
  assets: z
    .array(
      z.strictObject({
        path: text('path in the repository'),
        mediaType: text('media type'),
        title: text('what it shows, for those who cannot see it'),
        text: text('its source'),
        tokens: texts('design tokens it uses'),
      }),
    )
    .describe('the assets'),
});

export type VisualAssets = z.infer<typeof visualAssetsSchema>;
