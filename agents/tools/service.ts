// The project's service, really started: by the command of its `start` script, under Node's permission model, on a port of the
// loopback, with an empty database and a token of its own; and ended again.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { confinedNode, readManifest, startCommand } from './project.ts';
import type { Place } from './tool.ts';

export interface Service {
  readonly url: string;
  /** Bearer token that the service was given as API_TOKEN. */
  readonly token: string;
  /** From start to the first answer, ms. */
  readonly startMs: number;
  /** Resident memory now; 0 where the system does not tell. */
  memoryBytes(): number;
  /** Size of its database file now. */
  databaseBytes(): number;
  /** What it has printed so far. */
  said(): string;
  stop(): Promise<void>;
}

/** How long it may take until it answers. */
const START_MS = 20_000;
const MOST_SAID = 20_000;

/** @returns why it did not start, otherwise. */
export async function startService(
  place: Place,
  node: string = process.execPath,
): Promise<Service | { readonly unstartable: string }> {
  const manifest = readManifest(place.workspace);
  if ('unreadable' in manifest) return { unstartable: String(manifest.unreadable) };
  const command = startCommand(manifest);
  if ('unstartable' in command) return command;
  const port = await freePort();
  const token = randomBytes(24).toString('hex');
  const database = join(place.scratch, `data-${port}.sqlite`);
  const child = spawn(node, [...confinedNode(place.workspace, place.scratch), ...command], {
    cwd: place.workspace,
    env: {
      PATH: place.path,
      HOME: place.scratch,
      TMPDIR: place.scratch,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_FILE: database,
      API_TOKEN: token,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      if (said.length < MOST_SAID) said += chunk.toString('utf8');
    });
  }
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  while (performance.now() - began < START_MS && child.exitCode === null && child.signalCode === null) {
    if (await answers(url)) {
      const startMs = Math.round(performance.now() - began);
      return {
        url,
        token,
        startMs,
        memoryBytes: () => residentBytes(child.pid),
        databaseBytes: () => bytesOf(database),
        said: () => said,
        stop: () => stop(child),
      };
    }
    await pause(50);
  }
  const ended = child.exitCode !== null || child.signalCode !== null;
  await stop(child);
  const why = ended ? `it ended with ${child.exitCode ?? child.signalCode}` : `no answer within ${START_MS / 1000} s`;
  return { unstartable: `the service did not start: ${why}${said === '' ? '' : `: ${said.trim().slice(-500)}`}` };
}

async function answers(url: string): Promise<boolean> {
  try {
    await (await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) })).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function bytesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function residentBytes(pid: number | undefined): number {
  try {
    const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kib ?? 0) * 1024;
  } catch {
    return 0;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await Promise.race([ended, pause(3_000)]);
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await ended;
}
