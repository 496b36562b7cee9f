// Carries builds out on this machine: unpacks the source into a folder of its own, runs the commands in a sandbox, takes the artifacts
// out. What comes out is read as data: links are not followed, and only so much is taken.

import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { inBubblewrap } from './bubblewrap.ts';
import type { BuildEnd, Builder, BuildJob } from './builder.ts';
import { type Confined, type Ended, type Limits, runConfined } from './confined.ts';

/** `bare` confines nothing but time, memory, processes and output: for code whose author is trusted. */
export type Sandbox = { readonly kind: 'bubblewrap'; readonly bwrap: string } | { readonly kind: 'bare' };

export interface ChildBuilderOptions {
  readonly sandbox: Sandbox;
  /** Secondary sources that stand on this machine already, by identifier: their folder and what of it may be read. */
  readonly sources: Readonly<Record<string, { readonly folder: string; readonly readable: readonly string[] }>>;
  /** Further files and folders programs need, such as the runtime's own. */
  readonly readable: readonly string[];
  /** Variables of every build on this machine. */
  readonly variables?: Readonly<Record<string, string>>;
  /** PATH of the commands. */
  readonly path: string;
  readonly atOnce: number;
  readonly limits?: Partial<Limits>;
}

const LIMITS: Omit<Limits, 'timeoutMs' | 'memoryBytes'> = {
  processes: 256,
  outputBytes: 4 * 2 ** 20,
  diskBytes: 512 * 2 ** 20,
};
const ARTIFACT_BYTES = 32 * 2 ** 20;
const ARTIFACTS = 100;

export function createChildBuilder(options: ChildBuilderOptions): Builder {
  return {
    atOnce: options.atOnce,
    async run(job, signal) {
      const folder = mkdtempSync(join(tmpdir(), 'build-'));
      try {
        unpack(job.source, folder);
        const limits = { ...LIMITS, timeoutMs: job.timeoutMs, memoryBytes: job.memoryBytes, ...options.limits };
        const ended = await runConfined(confine(options, job, folder, limits), limits, signal);
        if (ended.by !== 'exit' || ended.exitCode !== 0) return failure(ended, limits);
        const artifacts = job.artifactsFolder === undefined ? [] : collect(join(folder, job.artifactsFolder));
        return { status: 'SUCCEEDED', phaseType: 'COMPLETED', message: '', artifacts };
      } catch (error) {
        const message = (error as Error).message;
        return { status: 'FAILED', phaseType: 'DOWNLOAD_SOURCE', message, artifacts: [] };
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

function confine(options: ChildBuilderOptions, job: BuildJob, folder: string, limits: Limits): Confined {
  const sources = job.secondarySources.map((identifier) => {
    const source = options.sources[identifier];
    if (source === undefined) throw new Error(`secondary source ${identifier} is not on this machine`);
    return { identifier, ...source };
  });
  const variables = {
    PATH: options.path,
    CODEBUILD_BUILD_ID: job.id,
    CODEBUILD_SRC_DIR: folder,
    ...Object.fromEntries(sources.map(({ identifier, folder: at }) => [`CODEBUILD_SRC_DIR_${identifier}`, at])),
    ...options.variables,
    ...job.variables,
  };
  const shell = job.commands.map((command) => `{ ${command}\n}`).join(' && ');
  if (options.sandbox.kind === 'bare') {
    const env = { ...variables, HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8' };
    return { file: '/bin/sh', args: ['-c', shell], env, folder };
  }
  return inBubblewrap(options.sandbox.bwrap, shell, {
    folder,
    readable: [...options.readable, ...sources.flatMap(({ readable }) => readable)],
    network: job.network,
    variables,
    temporaryBytes: limits.diskBytes,
  });
}

/** @throws Error naming an entry that would land outside. */
function unpack(zip: Uint8Array, folder: string): void {
  for (const [path, bytes] of Object.entries(unzipSync(zip))) {
    const to = resolve(folder, path);
    if (!to.startsWith(folder + sep))
      throw new Error(`the source holds ${JSON.stringify(path)}, outside of its folder`);
    if (path.endsWith('/')) continue;
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, bytes);
  }
}

/** @throws Error when there is more than a report may hold. */
function collect(from: string): { path: string; bytes: Uint8Array }[] {
  const found: { path: string; bytes: Uint8Array }[] = [];
  let bytes = 0;
  const left = [from];
  for (let folder = left.pop(); folder !== undefined; folder = left.pop()) {
    if (!lstatSync(folder).isDirectory()) throw new Error('the artifacts are not in a folder');
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      const about = lstatSync(path);
      if (about.isDirectory()) left.push(path);
      else if (about.isFile()) {
        bytes += about.size;
        if (bytes > ARTIFACT_BYTES || found.length === ARTIFACTS) throw new Error('there are too many artifacts');
        found.push({ path: relative(from, path).split(sep).join('/'), bytes: readFileSync(path) });
      }
    }
  }
  return found;
}

function failure(ended: Ended, limits: Limits): BuildEnd {
  const said = ended.output.trim().split('\n').slice(-20).join('\n');
  const why: Record<Ended['by'], string> = {
    exit: `the commands ended with ${ended.exitCode ?? 'a signal'}`,
    time: `it took longer than ${limits.timeoutMs / 1000} s`,
    memory: `it used more than ${Math.round(limits.memoryBytes / 2 ** 20)} MiB of memory`,
    processes: `it started more than ${limits.processes} processes`,
    output: `it printed more than ${Math.round(limits.outputBytes / 1024)} KiB`,
    disk: `it wrote more than ${Math.round(limits.diskBytes / 2 ** 20)} MiB`,
    stopped: 'it was stopped',
  };
  return {
    status: ended.by === 'time' ? 'TIMED_OUT' : ended.by === 'stopped' ? 'STOPPED' : 'FAILED',
    phaseType: 'BUILD',
    message: said === '' ? why[ended.by] : `${why[ended.by]}:\n${said}`,
    artifacts: [],
  };
}
