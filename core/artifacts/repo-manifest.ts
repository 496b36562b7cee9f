// RepoManifest (build): where the code is, and how it is used.

import { z } from 'zod';
import { count, text } from './fields.ts';
import { measured } from './measured.ts';
import { workspaceSchema } from './workspace.ts';

export const repoManifestSchema = z.strictObject({
  url: measured(z.string().min(1), 'where the repository is'),
  commit: measured(z.string().regex(/^[0-9a-f]{40}$/), 'commit that holds the code'),
  name: text('name of the package'),
  workspace: workspaceSchema.optional(),
  files: z
    .array(z.strictObject({ path: text('path'), sha256: text('SHA-256 of its content, hex') }))
    .describe('every source and test file'),
  lines: count('lines of all of them, blank ones included'),
  commands: z
    .array(z.strictObject({ command: text('what is typed'), purpose: text('what it does') }))
    .describe('commands of the project'),
  endpoints: z
    .array(
      z.strictObject({
        method: text('HTTP method'),
        path: text('path'),
        operationId: text('operation'),
        summary: text('what it does'),
      }),
    )
    .describe('operations the service answers'),
});

export type RepoManifest = z.infer<typeof repoManifestSchema>;
