// Finds a stack's template and assets in a cloud assembly, stages (nested assemblies) included.

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Template } from './template.ts';

export interface StackFiles {
  readonly name: string;
  readonly template: Template;
  /** Directory the stack's file names are relative to. */
  readonly dir: string;
  /** Asset manifests of that directory. */
  readonly assetManifests: readonly string[];
}

interface Artifact {
  readonly type: string;
  readonly displayName?: string;
  readonly properties?: {
    readonly templateFile?: string;
    readonly stackName?: string;
    readonly file?: string;
    readonly directoryName?: string;
  };
}

interface AssetManifest {
  readonly files?: Record<
    string,
    { source: { path?: string }; destinations: Record<string, { objectKey: string; bucketName: string }> }
  >;
}

function readJson<T>(file: string): T {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`cannot read ${file}: expected a file of a synthesized CDK assembly`, { cause });
  }
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new Error(`${file}: expected JSON, found ${(cause as Error).message}`, { cause });
  }
}

export function findStack(dir: string, stackName: string | undefined): StackFiles {
  const stacks = listStacks(resolve(dir));
  const names = stacks.map((stack) => stack.name);
  if (stackName === undefined && stacks.length !== 1)
    throw new Error(`${dir} holds ${stacks.length} stacks (${names.join(', ')}): name the one to read`);
  const found = stacks.find((stack) => stackName === undefined || stack.name === stackName);
  if (found === undefined) throw new Error(`${dir} has no stack ${stackName}; it has ${names.join(', ') || 'none'}`);
  return { ...found, template: readJson<Template>(found.templateFile) };
}

function listStacks(dir: string): Array<Omit<StackFiles, 'template'> & { templateFile: string }> {
  const manifest = readJson<{ artifacts?: Record<string, Artifact> }>(join(dir, 'manifest.json'));
  const artifacts = Object.entries(manifest.artifacts ?? {});
  const assetManifests = artifacts
    .filter(([, artifact]) => artifact.type === 'cdk:asset-manifest')
    .map(([, artifact]) => join(dir, artifact.properties?.file ?? ''));
  return artifacts.flatMap(([id, { type, properties = {} }]) => {
    if (type === 'cdk:cloud-assembly') return listStacks(join(dir, properties.directoryName ?? ''));
    if (type !== 'aws:cloudformation:stack') return [];
    const templateFile = join(dir, properties.templateFile ?? '');
    return [{ name: properties.stackName ?? id, dir, assetManifests, templateFile }];
  });
}

/** Object key in the asset bucket -> path on this machine. */
export function assetPaths(stack: StackFiles): Map<string, string> {
  const paths = new Map<string, string>();
  for (const file of stack.assetManifests) {
    for (const asset of Object.values(readJson<AssetManifest>(file).files ?? {})) {
      if (asset.source.path === undefined) continue;
      for (const destination of Object.values(asset.destinations))
        paths.set(destination.objectKey, resolve(stack.dir, asset.source.path));
    }
  }
  return paths;
}
