// What an environment's sandbox needs from outside: time, randomness, timers it may be killed with, a place for its output, the SDK.

import type { Timer } from '../../service.ts';

export interface SandboxHost {
  /** True in virtual time: what touches the real world is refused. */
  readonly virtual: boolean;
  now(): number;
  readonly random: SandboxRandomness;
  /** Runs handler code at `at` (epoch ms) unless the environment is dead by then; held while it is frozen. */
  setTimer(at: number, work: () => void): Timer;
  /** One line of output. */
  print(level: 'debug' | 'info' | 'warn' | 'error', text: string): void;
  /** The module of the AWS SDK, bound to the world in the name of this environment. */
  sdk(moduleName: string): unknown;
  /** The handler ended its process. */
  exit(status: number): void;
  /** Code of the handler threw where nobody catches: in a timer. */
  uncaught(error: unknown): void;
  readonly variables: Readonly<Record<string, string>>;
  /** Folder of the function's code. */
  readonly codePath: string;
  readonly memoryMb: number;
  /** Modules its code may require besides the SDK and Node's. */
  readonly modules: Readonly<Record<string, unknown>>;
}

export interface SandboxRandomness {
  next(): number;
  uuid(): string;
  bytes(count: number): Uint8Array;
}

/** The error for what virtual time cannot offer. */
export function refused(what: string): Error {
  const message = `${what} would finish at a real moment: it is not offered in virtual time`;
  return Object.assign(new Error(message), { name: 'NotInVirtualTime' });
}
