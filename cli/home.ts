// Where runs are kept on this machine: one folder with the store, the synthesized assemblies and what each run hands over.

import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from './exit.ts';

/** The installation: where the sources and pipelines of IdeaMine stand. */
export const installation = dirname(import.meta.dirname);

export interface Home {
  readonly dir: string;
  /** The SQLite file of the in-process AWS. */
  readonly store: string;
  /** A folder per synthesized structure. */
  readonly assemblies: string;
  /** What tools measured, a file each, for rehearsals to replay. */
  readonly measurements: string;
  runDir(runId: string): string;
}

export function homeAt(dir: string): Home {
  const root = resolve(dir);
  return {
    dir: root,
    store: join(root, 'store.sqlite'),
    assemblies: join(root, 'assemblies'),
    measurements: join(root, 'measurements'),
    runDir: (runId) => join(root, 'runs', runId),
  };
}

/** @throws UsageError when the folder is not there and cannot be made. */
export function makeHome(dir: string): Home {
  const home = homeAt(dir);
  try {
    mkdirSync(home.assemblies, { recursive: true });
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code;
    throw new UsageError(`--home: ${home.dir} cannot be used (${code}); expected a folder that can be written`);
  }
  return home;
}
