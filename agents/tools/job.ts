// What a build is handed and what it hands back, as files beside the project: `job.json` goes in, `out/result.json` comes out.

import { z } from 'zod';
import type { Json } from '../../core/json.ts';

export const JOB_FILE = 'job.json';
export const WORKSPACE = 'workspace';
export const RESULT_FILE = 'result.json';

export interface Job {
  readonly tool: string;
  /** The tool's input without the workspace. */
  readonly input: Json;
}

export const resultSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('measured'),
    by: z.string().min(1),
    value: z.json(),
    report: z.strictObject({
      file: z.string().regex(/^[a-z0-9.-]+$/),
      mediaType: z.string().min(1),
    }),
  }),
  z.strictObject({ status: z.literal('unmeasured'), reason: z.string().min(1) }),
]);

export type JobResult = z.infer<typeof resultSchema>;
