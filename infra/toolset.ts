// The programs that measure, as one zip in the bucket: named by the hash of what it is made from, so that a build never runs
// a toolset that is older than the stack.

import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Key of the zip in the bucket. `ideamine push` puts it there. */
export function toolsetKey(): string {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', ...globSync('{agents,core}/**/*.ts', { cwd: root }).sort()]) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return `toolset/${hash.digest('hex').slice(0, 16)}.zip`;
}
