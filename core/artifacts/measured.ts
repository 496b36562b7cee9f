// A figure that only a tool can give. Either it was measured, and says by what, or it says why not.
// There is no third way: an agent never writes a number nobody measured.

import { z } from 'zod';

const unmeasuredSchema = z.strictObject({
  status: z.literal('unmeasured'),
  reason: z.string().min(1).describe('why there is no measurement, and what it would take'),
});

export type Unmeasured = z.infer<typeof unmeasuredSchema>;

const reportSchema = z.strictObject({
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of its bytes, hex'),
  bytes: z.int().min(0).describe('its size'),
  mediaType: z.string().min(1).describe('what it is'),
});

/** What the tool itself wrote, kept by its hash: the figure can be computed from it again. */
export type RawReport = z.infer<typeof reportSchema>;

export type Measured<T> = { status: 'measured'; value: T; by: string; report?: RawReport } | Unmeasured;

/** A figure of the given shape, or the reason why it is missing. `by` names the tool and its version. */
export function measured<T extends z.ZodType>(value: T, description: string) {
  return z
    .discriminatedUnion('status', [
      z.strictObject({
        status: z.literal('measured'),
        value,
        by: z.string().min(1).describe('tool and version that measured it'),
        report: reportSchema.optional().describe('raw report of the tool, in the evidence of the run'),
      }),
      unmeasuredSchema,
    ])
    .describe(description);
}

export function unmeasured(reason: string): Unmeasured {
  return { status: 'unmeasured', reason };
}

export function isUnmeasured(value: unknown): value is Unmeasured {
  return unmeasuredSchema.safeParse(value).success;
}
