// Bundles the deployed handlers with another catalogue of agents and other model providers at their edge: everything between
// the queue and an agent's `run` is the handlers' own. What keeps no state (core/, npm packages) is loaded once for all
// environments of the process instead of once for each.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { installation } from '../../cli/home.ts';
import type { PinnedPipeline } from '../../core/pipeline/model.ts';

export interface Handlers {
  /** Folder of a handler's bundle. */
  readonly folder: (handler: string) => string;
  /** What the bundles require besides the SDK and Node. */
  readonly modules: Readonly<Record<string, unknown>>;
}

/** Rewrites a source before it is bundled; undefined leaves it as it is. */
export type Rewrite = (file: string, text: string) => string | undefined;

const at = (...parts: string[]) => join(installation, ...parts);
const EDGES: Readonly<Record<string, string>> = {
  [at('agents', 'catalogue.ts')]: at('simulator', 'agents', 'catalogue.ts'),
  [at('agents', 'models', 'providers.ts')]: at('simulator', 'agents', 'providers.ts'),
};
/** Packages that keep state of the process they run in: they belong into each environment. */
const OWN = /node_modules\/@aws-lambda-powertools\//;
const SHARED = 'shared:';
const STATELESS = new RegExp(
  `^${escaped(installation)}/(core/|simulator/agents/(contracts|samples|draws)[.]ts$)|/node_modules/`,
);

export async function bundleHandlers(into: string, pipeline: PinnedPipeline, rewrite?: Rewrite): Promise<Handlers> {
  const lambdas = at('lambdas');
  const found = readdirSync(lambdas).filter((name) => existsSync(join(lambdas, name, 'index.ts')));
  const shared = new Set<string>();
  await build({
    entryPoints: Object.fromEntries(found.map((name) => [`${name}/index`, join(lambdas, name, 'index.ts')])),
    outdir: into,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    external: ['@aws-sdk/*', '@smithy/*'],
    logLevel: 'silent',
    plugins: [edges(shared, rewrite)],
  });
  mkdirSync(join(into, 'open'), { recursive: true });
  writeFileSync(join(into, 'open', 'pipeline.json'), JSON.stringify(pipeline));
  const modules: Record<string, unknown> = {};
  for (const file of shared)
    modules[`${SHARED}${file}`] = { __esModule: true, ...(await import(pathToFileURL(file).href)) };
  return { folder: (handler) => join(into, handler), modules };
}

function edges(shared: Set<string>, rewrite: Rewrite | undefined): Plugin {
  const mine = Symbol('resolving');
  return {
    name: 'edges',
    setup(bundler) {
      bundler.onResolve({ filter: /.*/ }, async ({ path, pluginData, ...rest }) => {
        if (pluginData === mine || rest.kind === 'entry-point' || /^(node:|@aws-sdk\/|@smithy\/)/.test(path))
          return null;
        const { importer, namespace, resolveDir, kind } = rest;
        const found = await bundler.resolve(path, { importer, namespace, resolveDir, kind, pluginData: mine });
        if (found.errors.length > 0 || found.external) return found;
        const edge = EDGES[found.path];
        if (edge !== undefined) return { path: edge };
        const file = found.path.replaceAll('\\', '/');
        if (!STATELESS.test(file) || OWN.test(file) || OWN.test(importer.replaceAll('\\', '/'))) return found;
        shared.add(found.path);
        return { path: `${SHARED}${found.path}`, external: true };
      });
      if (rewrite === undefined) return;
      bundler.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const contents = rewrite(path, readFileSync(path, 'utf8'));
        return contents === undefined ? null : { contents, loader: 'ts' };
      });
    },
  };
}

function escaped(text: string): string {
  return text.replaceAll('\\', '/').replaceAll(/[.*+?^${}()|[\]]/g, String.raw`\$&`);
}
