// A command in a place of its own: started, watched against its limits, and ended with everything it started.

import { spawn } from 'node:child_process';
import { folderBytes, processesUnder } from './usage.ts';

export interface Limits {
  readonly timeoutMs: number;
  readonly memoryBytes: number;
  readonly processes: number;
  /** Of what it prints. */
  readonly outputBytes: number;
  /** Of the folder it may write to. */
  readonly diskBytes: number;
}

export interface Ended {
  /** Which limit ended it, `stopped` by the caller, or `exit`. */
  readonly by: 'exit' | 'time' | 'memory' | 'processes' | 'output' | 'disk' | 'stopped';
  readonly exitCode: number | null;
  /** Its first bytes and its last ones. */
  readonly output: string;
}

export interface Confined {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** Between two looks at what it uses, ms. */
const LOOK_EVERY_MS = 150;
const KEPT_OUTPUT = 16 * 1024;

export function runConfined(command: Confined, limits: Limits, signal: AbortSignal): Promise<Ended> {
  return new Promise((resolve) => {
    // A core dump or one endless file would fill the disk between two looks.
    const blocks = Math.ceil(limits.diskBytes / 512);
    const guard = `ulimit -c 0; ulimit -f ${blocks}; exec "$@"`;
    const child = spawn('/bin/sh', ['-c', guard, 'sh', command.file, ...command.args], {
      cwd: command.folder,
      env: { ...command.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that it ends with all it started.
      detached: true,
    });
    let by: Ended['by'] = 'exit';
    let head = '';
    let tail = '';
    let printed = 0;
    const stop = (reason: Ended['by']): void => {
      if (by === 'exit') by = reason;
      kill(child.pid);
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        printed += chunk.length;
        if (printed > limits.outputBytes) stop('output');
        const text = chunk.toString('utf8');
        if (head.length < KEPT_OUTPUT) head += text.slice(0, KEPT_OUTPUT - head.length);
        else tail = (tail + text).slice(-KEPT_OUTPUT);
      });
    }
    const timeout = setTimeout(() => stop('time'), limits.timeoutMs);
    const look = setInterval(() => {
      if (child.pid === undefined) return;
      const used = processesUnder(child.pid);
      if (used.count > limits.processes) stop('processes');
      else if (used.bytes > limits.memoryBytes) stop('memory');
      else if (folderBytes(command.folder, limits.diskBytes) > limits.diskBytes) stop('disk');
    }, LOOK_EVERY_MS);
    const onAbort = (): void => stop('stopped');
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    const done = (exitCode: number | null, more = ''): void => {
      clearTimeout(timeout);
      clearInterval(look);
      signal.removeEventListener('abort', onAbort);
      kill(child.pid);
      resolve({ by, exitCode, output: `${head}${tail === '' ? '' : `\n…\n${tail}`}${more}` });
    };
    child.on('error', (error) => done(null, error.message));
    child.on('close', (code) => done(code));
  });
}

function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  }
}
