// Where runs are kept on this machine: one folder with the store, the synthesized assemblies and what each run hands over.

import { dirname, join, resolve } from 'node:path';

/** The installation: where the sources and pipelines of IdeaMine stand. */
export const installation = dirname(import.meta.dirname);

export interface Home {
  readonly dir: string;
  /** The SQLite file of the in-process AWS. */
  readonly store: string;
  /** A folder per synthesized structure. */
  readonly assemblies: string;
  runDir(runId: string): string;
}

export function homeAt(dir: string): Home {
  const root = resolve(dir);
  return {
    dir: root,
    store: join(root, 'store.sqlite'),
    assemblies: join(root, 'assemblies'),
    runDir: (runId) => join(root, 'runs', runId),
  };
}
