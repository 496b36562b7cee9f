// A project as tools get it: its files in path order, kept by their hash.

import type { WorkspaceFile, WorkspaceRef } from '../../agents/sdk/context.ts';
import { BadInput } from '../../core/errors.ts';
import type { Bucket } from '../../store/objects.ts';
import { getObject, putObject } from '../../store/payload.ts';

/** @throws BadInput when a path occurs twice or leaves the project. */
export function keepWorkspace(bucket: Bucket, runId: string, files: readonly WorkspaceFile[]): Promise<WorkspaceRef> {
  const sorted = files.map(({ path, text }) => ({ path, text })).sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const [at, { path }] of sorted.entries()) {
    if (path === sorted[at - 1]?.path) throw new BadInput(`workspace: file ${path} is there twice, expected once`);
    if (!isInside(path))
      throw new BadInput(`workspace: found file ${JSON.stringify(path)}, expected a path inside the project`);
  }
  return putObject(bucket, runId, sorted);
}

/** @throws IdeaMineError `IdeaMine.Corrupt` when it is gone or not what was kept. */
export async function readWorkspace(bucket: Bucket, runId: string, ref: WorkspaceRef): Promise<WorkspaceFile[]> {
  return (await getObject(bucket, runId, ref)) as unknown as WorkspaceFile[];
}

const isInside = (path: string): boolean =>
  path !== '' &&
  !path.includes('\\') &&
  !path.includes('\0') &&
  path.split('/').every((part) => !['', '.', '..'].includes(part));
