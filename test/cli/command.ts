// Starts the real command in a process of its own, with a home of its own. The synthesized assemblies are shared, since
// making one takes seconds and gives the same bytes.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TestHome {
  readonly dir: string;
  remove(): void;
}

export function newHome(): TestHome {
  const dir = mkdtempSync(join(tmpdir(), 'ideamine-home-'));
  const shared = join(repository, '.ideamine', 'assemblies');
  mkdirSync(shared, { recursive: true });
  symlinkSync(shared, join(dir, 'assemblies'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export const start = (home: TestHome, args: readonly string[]): Started => startWith(home, args, {});

/** @param env beside the environment of the test; undefined takes a variable away. */
export function startWith(
  home: TestHome,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Started {
  const child = spawn(process.execPath, [join(repository, 'cli', 'main.ts'), '--home', home.dir, ...args], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NODE_COMPILE_CACHE: join(repository, 'node_modules', '.cache', 'compiled'),
      ...env,
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, ended };
}

export const ideamine = (home: TestHome, ...args: readonly string[]): Promise<Ended> => start(home, args).ended;

/** The one object a command ends with under --json. */
export function lastJson<T>(ended: Ended): T {
  const line = ended.stdout.trimEnd().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(line) as T;
  } catch {
    throw new Error(`expected a JSON object as the last line, found '${line}'\n${ended.stderr}`);
  }
}
