// StyleGuide (aesthetic): how the product speaks and how its pages adapt.

import { z } from 'zod';
import { claim, claims } from './claim.ts';
import { count, text, texts } from './fields.ts';
import { measured } from './measured.ts';

export const styleGuideSchema = z.strictObject({
  voice: claims('voice: who is spoken to and what they care about', 3),
  name: claim('name: the name of the product, what it is called'),
  vocabulary: z
    .array(z.strictObject({ term: text('word of the users'), stories: texts('stories that use it') }))
    .describe('words the interface uses, as the stories do'),
  layouts: z
    .array(
      z.strictObject({
        name: z.enum(['mobile', 'tablet', 'desktop']).describe('class of width'),
        widthPx: count('width it is drawn for'),
        columns: count('columns of the layout'),
      }),
    )
    .describe('layouts by width'),
  overflow: measured(
    z.array(
      z.strictObject({
        page: text('page'),
        widthPx: count('width'),
        overflows: z.boolean().describe('whether it is wider than the window'),
      }),
    ),
    'pages rendered at each width',
  ),
});

export type StyleGuide = z.infer<typeof styleGuideSchema>;
