// The synthesized app that local runs load: made once per structure and version of the sources, then kept.
// The app is run as the CDK app it is, in a process of its own; nothing of infra/ is imported here.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdtempSync, readFileSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import type { PinnedPipeline } from '../core/pipeline/model.ts';
import { UsageError } from './exit.ts';
import type { Home } from './home.ts';
import { installation } from './home.ts';

/** Rooms whose text ends up in the template or the bundles. */
const SOURCES = '{agents,core,infra,lambdas,statemachines,store}/**/*.{ts,js,json,md}';

/** A published package holds no lock file; there its own manifest pins what it is made of. */
const LOCK = existsSync(join(installation, 'package-lock.json')) ? 'package-lock.json' : 'package.json';

export interface LocalAssembly {
  readonly dir: string;
  /** Whether it had to be made now. */
  readonly fresh: boolean;
}

/** @throws UsageError with the app's own words when it does not synthesize. */
export async function assemblyFor(
  pinned: PinnedPipeline,
  pipelineFile: string,
  home: Home,
  now = new Date(),
): Promise<LocalAssembly> {
  const dir = join(
    home.assemblies,
    `${assemblyPrefix(pinned.pipeline.name, pinned.structureHash)}${sourcesHash().slice(0, 12)}`,
  );
  if (existsSync(join(dir, 'manifest.json'))) {
    // The one used last is the one that `status` and `ledger` open the store with.
    utimesSync(dir, now, now);
    return { dir, fresh: false };
  }
  // Made beside its place and moved there whole, so that a killed synth leaves nothing half-written behind.
  const making = mkdtempSync(join(home.assemblies, 'making-'));
  try {
    await synthesize(pipelineFile, making);
    takeItsPlace(making, dir);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return { dir, fresh: true };
}

/** Names of a pipeline's assemblies begin with this: its name and structure are what the stack is made for. */
export function assemblyPrefix(pipeline: string, structureHash: string): string {
  return `${pipeline}-${structureHash.slice(0, 12)}-`;
}

/** Another process may have made the same meanwhile; then that one stays. */
function takeItsPlace(making: string, dir: string): void {
  try {
    renameSync(making, dir);
  } catch (thrown) {
    if (!existsSync(join(dir, 'manifest.json'))) throw thrown;
  }
}

/** SHA-256 over the names and bytes of every source the assembly is made from. */
function sourcesHash(): string {
  const hash = createHash('sha256');
  for (const file of [...globSync(SOURCES, { cwd: installation }).sort(), LOCK]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(installation, file)))
      .update('\0');
  }
  for (const file of ownSources()) hash.update(readFileSync(file));
  return hash.digest('hex');
}

/** The agents of the project this command runs in, which the published command names, and what stands beside them. */
const OWN_AGENTS = process.env.IDEAMINE_AGENTS;

function ownSources(): string[] {
  if (!OWN_AGENTS) return [];
  const folder = dirname(OWN_AGENTS);
  const found = globSync('**/*.{ts,js,mjs}', { cwd: folder, exclude: (name) => LEFT_OUT.has(name) });
  return found.sort().map((file) => join(folder, file));
}

const LEFT_OUT: ReadonlySet<string> = new Set(['node_modules', 'cdk.out', '.ideamine']);

function synthesize(pipelineFile: string, outdir: string): Promise<void> {
  const context = {
    pipeline: resolve(pipelineFile),
    stage: 'local',
    'aws:cdk:disable-stack-trace': true,
    ...(OWN_AGENTS ? { agents: OWN_AGENTS, tools: 'off' } : {}),
  };
  const child = spawn(process.execPath, [join(installation, 'infra', `main${extname(import.meta.filename)}`)], {
    cwd: installation,
    stdio: ['ignore', 'pipe', 'pipe'],
    // CloudFormation's own checks take two thirds of a synth and say nothing about a template that stays on this machine.
    env: { CDK_VALIDATION: 'false', ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve();
      reject(new UsageError(`the app does not synthesize:\n${said.trim()}`));
    });
  });
}
