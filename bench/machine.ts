// The machine the figures are of.

import { cpus, loadavg, release, type as system, totalmem } from 'node:os';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  /** Processes that wanted a core in the last minute, ours included. */
  readonly load: number;
}

export function thisMachine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() || 'unknown',
    cores: all.length,
    memoryGiB: totalmem() / 2 ** 30,
    system: `${system()} ${release()}`,
    node: process.version,
    load: loadavg()[0] ?? 0,
  };
}
