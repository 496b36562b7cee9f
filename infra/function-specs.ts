// What each function is: the handler it runs, how long and how large it may get, what it is told, and what it may do.
// The permissions are one reviewed list; a snapshot in the tests shows every change to it.

import type { FunctionName } from './names.ts';

export interface FunctionSpec {
  /** Folder in lambdas/. */
  readonly handler: string;
  readonly seconds: number;
  readonly megabytes: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Lambda's own limit; a worker stops in time to continue in a fresh invocation. */
export const WORKER_SECONDS = 15 * 60;

const short = (handler: string): FunctionSpec => ({ handler, seconds: 60, megabytes: 512 });
const long = (handler: string): FunctionSpec => ({ handler, seconds: 120, megabytes: 1024 });
const worker = (workerClass: 'models' | 'tools'): FunctionSpec => ({
  handler: 'worker',
  seconds: WORKER_SECONDS,
  megabytes: 1024,
  environment: { WORKER_CLASS: workerClass },
});

export const FUNCTION_SPECS: Readonly<Record<FunctionName, FunctionSpec>> = {
  open: short('open'),
  phase: short('phase'),
  plan: short('plan'),
  'worker-models': worker('models'),
  'worker-tools': worker('tools'),
  aggregate: long('aggregate'),
  gate: long('gate'),
  supervise: short('supervise'),
  sweep: short('sweep'),
  dlq: short('dlq'),
  timer: short('timer'),
  ledger: long('ledger'),
  close: long('close'),
};
