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

/**
 * With the assembly that was used last: running executions keep the definition they were started with.
 * @throws UsageError when nothing was ever run here.
 */
export async function reopenStage(home: Home, options: { readonly onLog?: OnLog }): Promise<LocalStage> {
  const assemblyDir = hasRuns(home) ? latestAssembly(home) : undefined;
  if (assemblyDir === undefined) throw new UsageError(`no run was ever started in ${home.dir}`);
  return openLocalStage({ assemblyDir, clock: { kind: 'real' }, home, onLog: options.onLog });
}

function latestAssembly(home: Home): string | undefined {
  if (!existsSync(home.assemblies)) return undefined;
  return readdirSync(home.assemblies)
    .map((name) => join(home.assemblies, name))
    .filter((dir) => existsSync(join(dir, 'manifest.json')))
    .map((dir) => ({ dir, at: statSync(dir).mtimeMs }))
    .sort((a, b) => b.at - a.at)[0]?.dir;
}
