// Proves the published package from its tarball: in an empty folder it is installed, a project is made with `init`, its test
// passes and its app synthesizes. Nothing of this repository is on the way. Usage: npm run prove:package [-- TARBALL]

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'ideamine-package-'));

/** The system's own Node and npm find what the project installed, and nothing that this repository did. */
const PATH = (process.env.PATH ?? '')
  .split(':')
  .filter((part) => !part.startsWith(root))
  .join(':');

function step(what: string, command: string, ...args: readonly string[]): string {
  const began = performance.now();
  const done = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH, NODE_OPTIONS: '' },
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`${done.status === 0 ? 'ok  ' : 'FAIL'} ${what} (${seconds} s)\n`);
  if (done.status !== 0) {
    process.stdout.write(`${done.stdout}\n${done.stderr}\n`);
    throw new Error(`${what} failed`);
  }
  return done.stdout;
}

function expect(holds: boolean, what: string): void {
  process.stdout.write(`${holds ? 'ok  ' : 'FAIL'} ${what}\n`);
  if (!holds) throw new Error(what);
}

function tarball(): string {
  const given = process.argv[2];
  if (given !== undefined) return given;
  const packed = spawnSync(process.execPath, [join(root, 'package', 'pack.ts')], { encoding: 'utf8' });
  if (packed.status !== 0) throw new Error(packed.stderr);
  return packed.stdout.trim();
}

/** Sources under node_modules would not run: Node strips no types there. */
function publishedSources(): string[] {
  const published = join(folder, 'node_modules', 'ideamine');
  return readdirSync(published, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !file.startsWith(join('package', 'template')),
  );
}

try {
  const file = tarball();
  writeFileSync(join(folder, 'package.json'), '{"name": "proof", "private": true}\n');
  step('npm install, from the tarball', 'npm', 'install', '--no-audit', '--no-fund', '--loglevel=error', file);
  expect(publishedSources().length === 0, 'what is published is built JavaScript');
  step('npx ideamine init', 'npx', 'ideamine', 'init');
  expect(readFileSync(join(folder, 'pipeline.yaml'), 'utf8').includes('pitch'), 'a pipeline with own agents is there');
  step('npm test', 'npm', 'test', '--silent');
  step('npm run synth', 'npm', 'run', 'synth', '--silent');
  expect(existsSync(join(folder, 'cdk.out', 'manifest.json')), 'the app has synthesized');
  const run = step(
    'npx ideamine run',
    'npx',
    'ideamine',
    'run',
    'idea.md',
    '--pipeline',
    'pipeline.yaml',
    '--offline',
    '--json',
  );
  const { status } = JSON.parse(run.trimEnd().split('\n').at(-1) ?? '{}') as { status?: string };
  expect(status === 'SUCCEEDED', 'a run on this machine ends well');
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
