// A `process` of the environment's own: its variables, its clock, its output. Nothing reaches the real process.

import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import type { SandboxHost } from './host.ts';

export function sandboxProcess(host: SandboxHost): object {
  const started = host.now();
  const nanoseconds = () => BigInt(Math.round((host.now() - started) * 1000)) * 1000n;
  const hrtime = Object.assign(
    (before?: readonly [number, number]) => {
      const now = nanoseconds();
      const since = before ? now - (BigInt(before[0]) * 1_000_000_000n + BigInt(before[1])) : now;
      return [Number(since / 1_000_000_000n), Number(since % 1_000_000_000n)];
    },
    { bigint: nanoseconds },
  );
  const used = { rss: 2 ** 27, heapTotal: 2 ** 26, heapUsed: 2 ** 25, external: 2 ** 20, arrayBuffers: 2 ** 16 };
  const memoryUsage = host.virtual ? Object.assign(() => used, { rss: () => used.rss }) : process.memoryUsage;
  const emitter = new EventEmitter();
  return Object.assign(emitter, {
    env: { ...host.variables },
    argv: ['/var/lang/bin/node', '/var/runtime/index.mjs'],
    execArgv: [],
    execPath: '/var/lang/bin/node',
    pid: 1,
    ppid: 0,
    title: 'node',
    version: process.version,
    versions: process.versions,
    release: { name: 'node', lts: process.release.lts },
    platform: 'linux',
    arch: 'arm64',
    features: process.features,
    config: process.config,
    exitCode: undefined,
    cwd: () => '/var/task',
    uptime: () => (host.now() - started) / 1000,
    hrtime,
    memoryUsage,
    availableMemory: () => host.memoryMb * 2 ** 20,
    constrainedMemory: () => host.memoryMb * 2 ** 20,
    cpuUsage: () => ({ user: 0, system: 0 }),
    nextTick: process.nextTick,
    emitWarning: (warning: unknown) => host.print('warn', String(warning)),
    umask: () => 0o22,
    getuid: () => 993,
    getgid: () => 990,
    exit: (status = 0) => {
      host.exit(Number(status));
      throw new Error('the process has ended');
    },
    abort: () => host.exit(134),
    stdout: outputOf(host, 'info'),
    stderr: outputOf(host, 'error'),
  });
}

function outputOf(host: SandboxHost, level: 'info' | 'error'): Writable {
  return new Writable({
    decodeStrings: false,
    write: (chunk: unknown, _encoding, done) => {
      host.print(level, String(chunk).replace(/\n$/, ''));
      done();
    },
  });
}
