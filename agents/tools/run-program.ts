// Runs a program of the toolset to its end, with a limit on time and on what it may print.

import { spawn } from 'node:child_process';

export interface Ran {
  /** Null when it was ended by a signal. */
  readonly exitCode: number | null;
  readonly output: string;
  readonly timedOut: boolean;
}

const MOST_OUTPUT = 8 * 2 ** 20;

export function runProgram(
  file: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly timeoutMs: number; readonly env?: Readonly<Record<string, string>> },
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH ?? '', HOME: '/tmp', NO_COLOR: '1', ...options.env };
    const child = spawn(file, args, { cwd: options.cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    let size = 0;
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, options.timeoutMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MOST_OUTPUT) child.kill('SIGKILL');
        else chunks.push(chunk);
      });
    }
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode, output: Buffer.concat(chunks).toString('utf8'), timedOut });
    });
  });
}
