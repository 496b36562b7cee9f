// RTM (prd): the requirements trace matrix. Computed from ids, never drafted.
// At the prd phase `api` and `tests` are planned names; the build's own artifacts show what became of them.

import { z } from 'zod';
import { id, ids, texts } from './fields.ts';

const traceRowSchema = z.strictObject({
  requirement: id('R'),
  stories: ids('S', 'stories that serve it'),
  api: texts('operations that serve it, by operation id'),
  code: texts('source files that serve it, by path; empty until there is code'),
  tests: texts('tests that check it: story id, a dot, and the acceptance line, such as S3.A1'),
});

export const rtmSchema = z.strictObject({
  rows: z.array(traceRowSchema).describe('one row for each requirement'),
  deferred: ids('R', 'requirements left for later when a gate had the scope reduced').optional(),
  uncovered: ids('R', 'requirements that no story or no test covers'),
});

export type RTM = z.infer<typeof rtmSchema>;
