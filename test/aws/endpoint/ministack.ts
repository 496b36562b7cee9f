// MiniStack in a virtual environment of the project's own, on a free port of the loopback interface.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { repository } from '../../cli/command.ts';
import { LEFT_OUT_ON_MINISTACK } from '../parts-left-out.ts';
import { type Endpoint, NoEndpoint, untilReady } from './endpoint.ts';

const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');
const INSTALL_MS = 300_000;
const READY_MS = 60_000;

/**
 * Ends itself when its standard input closes, so that a test run killed by SIGKILL leaves no server behind: the system
 * closes the pipe whatever becomes of us.
 */
const SERVER = [
  'import os, sys, threading',
  'threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()',
  'sys.argv = ["ministack"]',
  'from ministack.app import main',
  'main()',
].join('\n');

/** @throws NoEndpoint when Python or PyPI is missing. */
export async function startMiniStack(log: (line: string) => void): Promise<Endpoint> {
  const python = installed(log);
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), 'ideamine-endpoint-'));
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(python, ['-c', SERVER], {
    cwd: dir,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: environment(dir, port),
  });
  await untilReady(`${url}/_ministack/health`, READY_MS, () => child.exitCode === null);
  return {
    name: 'MiniStack 1.5.33',
    url,
    context: Object.fromEntries(LEFT_OUT_ON_MINISTACK.map(({ context }) => context.split('=') as [string, string])),
    async stop() {
      await ended(child);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Node 24 first on the path: the functions run on it. They find the SDK where AWS has it: beside the function. */
function environment(dir: string, port: number): NodeJS.ProcessEnv {
  return {
    HOME: dir,
    TMPDIR: dir,
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
    NODE_PATH: join(repository, 'node_modules'),
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    LOG_LEVEL: 'WARNING',
  };
}

/** @returns the Python of a virtual environment with exactly what the requirements say. */
function installed(log: (line: string) => void): string {
  const hash = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  const dir = join(repository, 'node_modules', '.cache', `ministack-${hash}`);
  const windows = process.platform === 'win32';
  const python = join(dir, windows ? 'Scripts' : 'bin', windows ? 'python.exe' : 'python');
  const stamp = join(dir, 'complete');
  if (existsSync(stamp)) return python;
  const system = systemPython();
  log('installing MiniStack from PyPI into node_modules/.cache (about 80 MB)…');
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dirname(dir), { recursive: true });
  must(system, ['-m', 'venv', dir], 'Python cannot make a virtual environment (on Debian: apt install python3-venv)');
  must(python, ['-m', 'pip', 'install', '--quiet', '--requirement', REQUIREMENTS], 'PyPI cannot be reached');
  // Written last: an installation that was cut short is made again.
  writeFileSync(`${stamp}.part`, '');
  renameSync(`${stamp}.part`, stamp);
  return python;
}

function systemPython(): string {
  for (const name of ['python3', 'python']) {
    const said = spawnSync(name, ['-c', 'import sys; print(sys.version_info >= (3, 10))'], { encoding: 'utf8' });
    if (said.stdout?.trim() === 'True') return name;
  }
  throw new NoEndpoint('there is no Python 3.10 or newer on the path');
}

function must(command: string, args: readonly string[], otherwise: string): void {
  const run = spawnSync(command, args, { encoding: 'utf8', timeout: INSTALL_MS });
  if (run.status === 0) return;
  const why = (run.stderr || run.error?.message || '').trim().split('\n').at(-1) ?? '';
  throw new NoEndpoint(`${otherwise}: ${why}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Closing its input is what ends it; a server that does not hear is killed. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('close', resolve));
  child.stdin?.end();
  const hard = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(hard);
}
