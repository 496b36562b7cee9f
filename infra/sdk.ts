// The AWS SDK that functions find at run time: ours, not whichever the runtime of the day holds. Each client is bundled by itself and
// leaves the others to be found beside it, so that a class is the same class for all.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const require = createRequire(import.meta.url);

/** Where Lambda looks for modules of a layer before it looks into its own runtime. */
const IN_LAYER = join('nodejs', 'node_modules');

export interface SdkOptions {
  /** Folders of bundles; what they load of the SDK is what is bundled here. */
  readonly bundles: string;
  /** Where the layer goes; made when missing. */
  readonly into: string;
}

/** @returns the versions by module. */
export function bundleSdk({ bundles, into }: SdkOptions): Record<string, string> {
  const wanted = modulesLoadedBy(bundles);
  const external = ['@aws-sdk/client-*', '@aws-sdk/lib-*', '@aws-sdk/util-dynamodb'];
  buildSync({
    entryPoints: Object.fromEntries(wanted.map((name) => [`${name}/index`, require.resolve(name)])),
    outdir: join(into, IN_LAYER),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    external,
    logLevel: 'silent',
  });
  return Object.fromEntries(wanted.map((name) => [name, describe(name, join(into, IN_LAYER, name))]));
}

/** What one client asks of another has to be there too. */
function modulesLoadedBy(bundles: string): string[] {
  const named = readdirSync(bundles, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => modulesIn(readFileSync(join(bundles, file), 'utf8')));
  const all = new Set(named);
  // The document client stands on these.
  if (all.has('@aws-sdk/lib-dynamodb'))
    for (const name of ['@aws-sdk/client-dynamodb', '@aws-sdk/util-dynamodb']) all.add(name);
  return [...all].toSorted();
}

const modulesIn = (code: string): string[] =>
  [...code.matchAll(/\brequire\("(@aws-sdk\/[\w-]+)"\)/g)].map((match) => match[1] as string);

function describe(name: string, folder: string): string {
  const { version } = require(`${name}/package.json`) as { version: string };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ name, version, main: 'index.js' })}\n`);
  return version;
}
