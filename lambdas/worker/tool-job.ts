// What a build is handed: the job and the project's files, as a zip whose bytes depend on nothing else.

import { strToU8, zipSync } from 'fflate';
import type { WorkspaceFile } from '../../agents/sdk/context.ts';
import type { ToolName } from '../../agents/sdk/tools.ts';
import { JOB_FILE, type Job, WORKSPACE } from '../../agents/tools/job.ts';
import { asksRegistry } from '../../agents/tools/versions.ts';
import { canonicalJson, type Json } from '../../core/json.ts';

/** What a tool that asks a registry gets to see of a project. */
const MANIFESTS = new Set(['package.json', 'package-lock.json']);

/** The first moment a zip can name. */
const MTIME = new Date(1980, 0, 1);

export function packJob(tool: ToolName, input: Json, files: readonly WorkspaceFile[]): Uint8Array {
  const job: Job = { tool, input };
  const given = asksRegistry.has(tool) ? files.filter(({ path }) => MANIFESTS.has(path)) : files;
  return zipSync(
    {
      [JOB_FILE]: strToU8(canonicalJson(job as unknown as Json)),
      ...Object.fromEntries(given.map(({ path, text }) => [`${WORKSPACE}/${path}`, strToU8(text)])),
    },
    { mtime: MTIME, level: 6 },
  );
}
