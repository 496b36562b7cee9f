// What a project says of itself in its manifest, and how its own code is run: by Node under its permission model, which lets
// it read the project, write to one folder, and start nothing.

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';

const manifestSchema = z.looseObject({
  name: z.string().default(''),
  version: z.string().default('0.0.0'),
  license: z.string().optional(),
  engines: z.looseObject({ node: z.string().optional() }).optional(),
  scripts: z.record(z.string(), z.string()).default({}),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** @returns why there is none that can be read, otherwise. */
export function readManifest(workspace: string): Manifest | { readonly unreadable: string } {
  let text: string;
  try {
    text = readFileSync(join(workspace, 'package.json'), 'utf8');
  } catch {
    return { unreadable: 'the project has no package.json' };
  }
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    return { unreadable: `package.json, field ${issue?.path.join('.')}: ${issue?.message}` };
  } catch (error) {
    return { unreadable: `package.json is not JSON: ${(error as Error).message}` };
  }
}

/** The file that `npm start` runs, and its arguments: only a plain `node FILE …` can be run under its permission model. */
export function startCommand({ scripts }: Manifest): readonly string[] | { readonly unstartable: string } {
  const script = scripts.start;
  if (script === undefined) return { unstartable: 'package.json has no script `start`' };
  const words = script.trim().split(/\s+/);
  if (words[0] !== 'node' || words.length < 2 || /[|&;<>$`"'\\*]/.test(script)) {
    return { unstartable: `script start: found ${JSON.stringify(script)}, expected \`node FILE\`` };
  }
  return words.slice(1);
}

export function confinedNode(workspace: string, scratch: string): string[] {
  return ['--permission', `--allow-fs-read=${workspace}`, `--allow-fs-read=${scratch}`, `--allow-fs-write=${scratch}`];
}

/** Paths of all files of a project, from its root, with `/`, in order. */
export function projectPaths(workspace: string): string[] {
  return readdirSync(workspace, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(workspace, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

export const isCode = (path: string): boolean => /\.(ts|mts|cts|js|mjs|cjs)$/.test(path) && !path.endsWith('.d.ts');
export const isTest = (path: string): boolean => /(^|\/)test\/|\.(test|spec)\.[cm]?[jt]s$/.test(path);
