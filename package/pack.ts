// Builds what is published and packs it: JavaScript with its types in build/package, then `npm pack`. Prints the tarball's path.
// Usage: npm run pack

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const build = join(root, 'build');
const into = join(build, 'package');

/** Beside what is compiled. */
const COPIED = [
  'agents/prompts',
  'pipelines/idea-to-release.yaml',
  'schemas',
  'examples/ideas',
  'LICENSE',
  'README.md',
];
const PLAIN = ['bin.mjs', 'init.mjs', 'own-agents-hook.mjs', 'template'];
/** What the command and the construct need of what only development needs here. */
const ALSO_NEEDED = ['aws-cdk', 'aws-cdk-lib', 'cdk-nag', 'constructs', 'esbuild', 'node'];

interface Manifest {
  readonly [key: string]: unknown;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

function run(command: string, args: readonly string[], cwd: string): string {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}:\n${done.stdout}\n${done.stderr}`);
  return done.stdout;
}

function manifest(): object {
  const { version, description, license, dependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Manifest;
  const also = Object.fromEntries(ALSO_NEEDED.map((name) => [name, devDependencies[name]]));
  const entry = (name: string) => ({ types: `./package/${name}.d.ts`, default: `./package/${name}.js` });
  return {
    name: 'ideamine',
    version,
    description,
    license,
    type: 'module',
    engines: { node: '>=20' },
    bin: { ideamine: 'package/bin.mjs' },
    exports: { '.': entry('index'), './agents': entry('agents'), './testing': entry('testing') },
    imports: { '#own-agents': './agents/own-agents.js' },
    dependencies: { ...dependencies, ...also },
  };
}

rmSync(build, { recursive: true, force: true });
mkdirSync(into, { recursive: true });
run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, 'package')], root);
for (const path of COPIED) cpSync(join(root, path), join(into, path), { recursive: true });
for (const path of PLAIN) cpSync(join(root, 'package', path), join(into, 'package', path), { recursive: true });
writeFileSync(join(into, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
const packed = run('npm', ['pack', '--silent', '--pack-destination', build], into).trim().split('\n').at(-1) ?? '';
process.stdout.write(`${join(build, packed)}\n`);
