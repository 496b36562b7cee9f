// Opens the stage that earlier runs of this machine were kept in, whatever pipeline they had.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { assemblyPrefix } from './assembly.ts';
import { UsageError } from './exit.ts';
import type { Home } from './home.ts';
import { type LocalStage, openLocalStage } from './local-stage.ts';
import type { OnLog } from './logs.ts';
import { measuringOf } from './measuring.ts';

function hasRuns(home: Home): boolean {
  return existsSync(home.store);
}

export interface ReopenOptions {
  /** Only looks: nothing of a run goes on, and another process may hold the store. */
  readonly reading?: boolean;
  readonly onLog?: OnLog;
  /** Take an assembly made for this; otherwise the one used last. */
  readonly pipeline?: { readonly name: string; readonly structureHash: string };
}

/**
 * Running executions keep the definition they were started with, whatever assembly is taken.
 * @throws UsageError when nothing was ever run here.
 */
export async function reopenStage(home: Home, options: ReopenOptions): Promise<LocalStage> {
  const assemblyDir = hasRuns(home) ? latestAssembly(home, prefixOf(options)) : undefined;
  if (assemblyDir === undefined) throw new UsageError(`no run was ever started in ${home.dir}`);
  return openLocalStage({
    assemblyDir,
    clock: { kind: 'real' },
    home,
    reading: options.reading,
    measuring: measuringOf(home),
    onLog: options.onLog,
  });
}

function prefixOf({ pipeline }: ReopenOptions): string {
  return pipeline ? assemblyPrefix(pipeline.name, pipeline.structureHash) : '';
}

function latestAssembly(home: Home, prefix: string): string | undefined {
  if (!existsSync(home.assemblies)) return undefined;
  return readdirSync(home.assemblies)
    .filter((name) => name.startsWith(prefix) && !name.startsWith('making-'))
    .map((name) => join(home.assemblies, name))
    .filter((dir) => existsSync(join(dir, 'manifest.json')))
    .map((dir) => ({ dir, at: statSync(dir).mtimeMs }))
    .sort((a, b) => b.at - a.at)[0]?.dir;
}

/**
 * Looks at what earlier runs left, also while another process runs there.
 * @returns `nothing` when no run was ever started here, or its process was killed before it had written anything.
 */
export async function lookBack<T>(home: Home, look: (stage: LocalStage) => Promise<T>, nothing: T): Promise<T> {
  if (!hasRuns(home)) return nothing;
  let stage: LocalStage | undefined;
  try {
    stage = await reopenStage(home, { reading: true });
    return await look(stage);
  } catch (thrown) {
    if (isEmptyStore(thrown)) return nothing;
    throw thrown;
  } finally {
    await stage?.world.close();
  }
}

/** By shape, not by instanceof: SQLite's errors are of the process's own realm, which may be another one than this module's. */
function isEmptyStore(thrown: unknown): boolean {
  const { name, message } = (thrown ?? {}) as Partial<Error>;
  return name === 'ResourceNotFoundException' || /no such table|readonly database/.test(message ?? '');
}
