// Bundles the handlers: one esbuild call for all, one folder a handler, CommonJS with the AWS SDK left to the runtime.
// What a handler seldom needs it keeps in `later.ts`, which becomes a file of its own.
// A handler's folder holds nothing but what it needs, so its hash changes only when its own code does.

import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { PinnedPipeline } from '../core/pipeline/model.ts';

/** Of this file as it runs: sources here, built JavaScript where the package is installed. */
const EXTENSION = extname(import.meta.filename);

/** Folder of a handler's bundle by handler. */
export type Bundles = (handler: string) => string;

export interface BundleOptions {
  /** Where the handlers stand: a folder with `index.ts` for each. */
  readonly handlers: string;
  /** Where the bundles go; made when missing. */
  readonly into: string;
  /** Folder of the prompt files, which travel with the worker. Absent: no model can be asked. */
  readonly prompts?: string;
  /** Module whose `agents` take the place of `#own-agents`. */
  readonly agents?: string;
  /** Travels in the bundle of `open`: what a fresh stack runs before anything is pushed. */
  readonly pipeline: PinnedPipeline;
}

/** @throws Error with esbuild's own words when a handler does not bundle. */
export function bundleHandlers({ handlers, into, prompts, pipeline, agents }: BundleOptions): Bundles {
  const found = readdirSync(handlers).filter((name) => existsSync(join(handlers, name, `index${EXTENSION}`)));
  const parts = found.flatMap((name) => [`${name}/index`, `${name}/later`]);
  const entries = parts.filter((part) => existsSync(join(handlers, `${part}${EXTENSION}`)));
  buildSync({
    entryPoints: Object.fromEntries(entries.map((entry) => [entry, join(handlers, `${entry}${EXTENSION}`)])),
    outdir: into,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    external: ['@aws-sdk/*'],
    ...(agents === undefined ? {} : { alias: { '#own-agents': resolve(agents) } }),
    logLevel: 'silent',
  });
  mkdirSync(join(into, 'open'), { recursive: true });
  writeFileSync(join(into, 'open', 'pipeline.json'), JSON.stringify(pipeline));
  if (prompts !== undefined) cpSync(prompts, join(into, 'worker', 'prompts'), { recursive: true });
  return (handler) => {
    if (!found.includes(handler)) throw new Error(`no handler ${handler} in ${handlers}, found ${found.join(', ')}`);
    return join(into, handler);
  };
}
