// The programs that measure, put where a deployed stage's builds take them from: the sources of the tools and every package
// they need, with the Node that runs them, as one zip under the name the stack gave it.

import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import Arborist from '@npmcli/arborist';
import { type Zippable, zipSync } from 'fflate';
import { getBytes, putBytes } from '../../store/objects.ts';
import { UsageError } from '../exit.ts';
import { installation } from '../home.ts';
import type { Stage } from '../stage.ts';

/** What the tools import or start, by name; what those need comes with them. */
export const TOOLSET_PACKAGES = [
  '@biomejs/biome',
  '@cyclonedx/cyclonedx-library',
  '@npmcli/arborist',
  '@redocly/openapi-core',
  '@secretlint/core',
  '@secretlint/secretlint-rule-preset-recommend',
  '@types/node',
  '@typescript-eslint/parser',
  'autocannon',
  'axe-core',
  'eslint',
  'eslint-plugin-security',
  'node',
  'playwright-core',
  'semver',
  'simple-statistics',
  'typescript',
  'zod',
] as const;

/** The machine of the stack's builds. */
const BUILDS_RUN_ON = 'linux-x64';

/**
 * @returns the zip's size, or undefined when there was nothing to do: the stage measures nothing, or has it already.
 * @throws UsageError on a machine whose packages are for another system than the builds'.
 */
export async function pushToolset(stage: Pick<Stage, 'outputs' | 'bucket'>): Promise<number | undefined> {
  const key = stage.outputs.ToolsetKey;
  if (key === undefined || (await getBytes(stage.bucket, key, 0)) !== undefined) return undefined;
  const machine = `${process.platform}-${process.arch}`;
  if (machine !== BUILDS_RUN_ON) {
    throw new UsageError(
      `the tools that measure are packed from this installation: found ${machine}, expected ${BUILDS_RUN_ON}; ` +
        'deploy from such a machine, or leave them out with --context tools=off',
    );
  }
  const zip = zipSync(await toolsetFiles(), { level: 1 });
  await putBytes(stage.bucket, key, zip, 'application/zip');
  return zip.byteLength;
}

async function toolsetFiles(): Promise<Zippable> {
  const packages = await packageFolders();
  const own = globSync(['{agents,core}/**/*.ts', 'package.json', 'package-lock.json'], { cwd: installation });
  const paths = [...own, ...packages.flatMap(filesOf)].sort();
  return Object.fromEntries(
    paths.map((path) => {
      const file = join(installation, path);
      // A program must be one in the build too.
      const mode = statSync(file).mode & 0o111 ? 0o755 : 0o644;
      return [path.replaceAll('\\', '/'), [readFileSync(file), { os: 3, attrs: mode << 16 }]];
    }),
  );
}

/** Folders of the packages and of all they need, as they are installed here. */
async function packageFolders(): Promise<string[]> {
  const tree = await new Arborist({ path: installation }).loadVirtual();
  const left = TOOLSET_PACKAGES.flatMap((name) => tree.children.get(name) ?? []);
  const found = new Set<string>();
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    const folder = relative(installation, node.path);
    if (found.has(folder) || !existsSync(node.path)) continue;
    found.add(folder);
    for (const { to } of node.edgesOut.values()) if (to) left.push(to);
  }
  return [...found].sort();
}

/** A package nested in another has a folder of its own in the list. */
function filesOf(folder: string): string[] {
  const cwd = join(installation, folder);
  return globSync('**/*', { cwd, exclude: (path) => /(^|\/)node_modules$/.test(path) })
    .map((path) => join(folder, path))
    .filter((path) => statSync(join(installation, path)).isFile());
}
