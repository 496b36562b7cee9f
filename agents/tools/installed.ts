// What a project is built and checked with, package by package, as its lock file says; where it has none, as the toolset has
// installed what its manifest names.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Arborist from '@npmcli/arborist';
import type { Manifest } from './project.ts';

export interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** Names of the packages it needs. */
  readonly needs: readonly string[];
  /** Whether it is needed at run time. */
  readonly isRuntime: boolean;
}

export interface Installed {
  readonly packages: readonly Package[];
  /** Declared, and nowhere to be found in the version that is asked for. */
  readonly missing: readonly string[];
  readonly from: 'package-lock.json' | 'the toolset';
  readonly tree: Arborist.Node;
}

export async function installedFor(workspace: string, toolset: string, manifest: Manifest): Promise<Installed> {
  const own = existsSync(join(workspace, 'package-lock.json'));
  const tree = await new Arborist({ path: own ? workspace : toolset }).loadVirtual();
  const declared = { ...manifest.devDependencies, ...manifest.dependencies };
  const runtime = closure(tree, Object.keys(manifest.dependencies), declared, own);
  const all = closure(tree, Object.keys(declared), declared, own);
  const packages = [...all.found.values()]
    .filter((node) => own || existsSync(node.path))
    .map((node) => ({
      name: node.packageName ?? node.name,
      version: node.version ?? '',
      licence: licenceOf(node),
      needs: [...node.edgesOut.values()].flatMap(({ to }) => (to ? [to.packageName ?? to.name] : [])).sort(),
      isRuntime: runtime.found.has(node.location),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { packages, missing: all.missing, from: own ? 'package-lock.json' : 'the toolset', tree };
}

function closure(tree: Arborist.Node, names: readonly string[], declared: Record<string, string>, own: boolean) {
  const found = new Map<string, Arborist.Node>();
  const missing: string[] = [];
  const left: Arborist.Node[] = [];
  for (const name of names) {
    const node = tree.children.get(name);
    // Without a lock file only an exact version says what is meant.
    if (node === undefined || (!own && node.version !== declared[name])) missing.push(`${name} ${declared[name]}`);
    else left.push(node);
  }
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (found.has(node.location)) continue;
    found.set(node.location, node);
    for (const { to } of node.edgesOut.values()) if (to) left.push(to);
  }
  return { found, missing };
}

function licenceOf(node: Arborist.Node): string {
  const { license } = node.package as { license?: unknown };
  return typeof license === 'string' ? license : '';
}
