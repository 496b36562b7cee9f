// A figure that only a tool can give. Either it was measured, and says by what, or it says why not.
// There is no third way: an agent never writes a number nobody measured.

import { z } from 'zod';

const unmeasuredSchema = z.strictObject({
  status: z.literal('unmeasured'),
  reason: z.string().min(1).describe('why there is no measurement, and what it would take'),
});

export type Unmeasured = z.infer<typeof unmeasuredSchema>;

export type Measured<T> = { status: 'measured'; value: T; by: string } | Unmeasured;

/** A figure of the given shape, or the reason why it is missing. `by` names the tool and its version. */
export function measured<T extends z.ZodType>(value: T, description: string) {
  return z
    .discriminatedUnion('status', [
      z.strictObject({
        status: z.literal('measured'),
        value,
        by: z.string().min(1).describe('tool and version that measured it'),
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
