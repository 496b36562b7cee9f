// Opens the stage that earlier runs of this machine were kept in, whatever pipeline they had.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './exit.ts';
import type { Home } from './home.ts';
import { type LocalStage, openLocalStage } from './local-stage.ts';
import type { OnLog } from './logs.ts';

export function hasRuns(home: Home): boolean {
  return existsSync(home.store);
}

export interface ReopenOptions {
  readonly onLog?: OnLog;
  /** Take an assembly of this structure; otherwise the one used last. */
  readonly structureHash?: string;
}

/**
 * Running executions keep the definition they were started with, whatever assembly is taken.
 * @throws UsageError when nothing was ever run here.
 */
export async function reopenStage(home: Home, options: ReopenOptions): Promise<LocalStage> {
  const assemblyDir = hasRuns(home) ? latestAssembly(home, options.structureHash?.slice(0, 12) ?? '') : undefined;
  if (assemblyDir === undefined) throw new UsageError(`no run was ever started in ${home.dir}`);
  return openLocalStage({ assemblyDir, clock: { kind: 'real' }, home, onLog: options.onLog });
}

function latestAssembly(home: Home, structure: string): string | undefined {
  if (!existsSync(home.assemblies)) return undefined;
  return readdirSync(home.assemblies)
    .filter((name) => name.startsWith(structure) && !name.startsWith('making-'))
    .map((name) => join(home.assemblies, name))
    .filter((dir) => existsSync(join(dir, 'manifest.json')))
    .map((dir) => ({ dir, at: statSync(dir).mtimeMs }))
    .sort((a, b) => b.at - a.at)[0]?.dir;
}
