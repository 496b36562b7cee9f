// DesignSystem (aesthetic): the tokens that everything drawn uses, with the contrast they really have.

import { z } from 'zod';
import { claims } from './claim.ts';
import { count, text } from './fields.ts';
import { measured } from './measured.ts';

const colourSchema = z.strictObject({
  name: text('token name'),
  value: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .describe('sRGB colour'),
});

export const designSystemSchema = z.strictObject({
  principles: claims('design principle: what users need of the interface: simple, fast, phone, clear, readable', 4),
  colours: z.array(colourSchema).describe('colour tokens'),
  contrast: z
    .array(
      z.strictObject({
        foreground: text('colour token'),
        background: text('colour token'),
        ratio: z.number().min(1).max(21).describe('WCAG 2 contrast ratio, computed from the values, cut to 2 decimals'),
      }),
    )
    .describe('pairs used for text'),
  fonts: z.array(z.strictObject({ name: text('token name'), value: text('font family list') })).describe('font tokens'),
  spacings: z.array(z.strictObject({ name: text('token name'), px: count('pixels') })).describe('spacing tokens'),
  motion: z
    .strictObject({
      durations: z.array(z.strictObject({ name: text('token name'), ms: count('milliseconds') })).describe('durations'),
      reducedMotion: text('what happens when the user asks for reduced motion'),
    })
    .describe('motion tokens'),
  usage: measured(
    z.strictObject({ fromTokens: count('values that come from tokens'), total: count('values used') }),
    'colours, fonts and spacings of the built pages that come from tokens',
  ),
});

export type DesignSystem = z.infer<typeof designSystemSchema>;
