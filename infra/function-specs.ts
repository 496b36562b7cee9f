// What each function is: the handler it runs, how long and how large it may get, and what it is told.

import type { FunctionName } from './names.ts';

/** What a function can be told, by the name it reads from its environment. */
export type Variable =
  | 'TABLE_NAME'
  | 'LEDGER_TABLE_NAME'
  | 'BUCKET_NAME'
  | 'SEALED_BUCKET_NAME'
  | 'SIGNING_KEY_ARN'
  | 'TOOLS_PROJECT'
  | 'REGISTRY_PROJECT'
  | 'MODEL_KEYS_SECRET_ARN'
  | 'EVENT_BUS_NAME'
  | 'MODELS_QUEUE_URL'
  | 'TOOLS_QUEUE_URL'
  | 'SCHEDULE_GROUP'
  | 'SCHEDULER_ROLE_ARN'
  | 'SWEEP_FUNCTION_ARN'
  | 'TIMER_FUNCTION_ARN'
  | 'STRUCTURE_HASH'
  | 'PIPELINE_NAME'
  | 'STAGE';

export interface FunctionSpec {
  /** Folder in lambdas/. */
  readonly handler: string;
  readonly seconds: number;
  readonly megabytes: number;
  /** Told, and no more: what is not told changes without a new version of the function. */
  readonly variables: readonly Variable[];
  readonly fixed?: Readonly<Record<string, string>>;
}

/** Lambda's own limit; a worker stops in time to continue in a fresh invocation. */
export const WORKER_SECONDS = 15 * 60;

const SHORT = { seconds: 60, megabytes: 512 };
const LONG = { seconds: 120, megabytes: 1024 };
const SCHEDULES = ['SCHEDULE_GROUP', 'SCHEDULER_ROLE_ARN'] as const;
const DATA = ['TABLE_NAME', 'BUCKET_NAME'] as const;

const worker = (workerClass: 'models' | 'tools'): FunctionSpec => ({
  handler: 'worker',
  seconds: WORKER_SECONDS,
  megabytes: 1024,
  variables: [
    ...DATA,
    'MODELS_QUEUE_URL',
    'TOOLS_QUEUE_URL',
    'MODEL_KEYS_SECRET_ARN',
    'TOOLS_PROJECT',
    'REGISTRY_PROJECT',
  ],
  fixed: { WORKER_CLASS: workerClass },
});

export const FUNCTION_SPECS: Readonly<Record<FunctionName, FunctionSpec>> = {
  open: {
    handler: 'open',
    ...SHORT,
    variables: [...DATA, ...SCHEDULES, 'SWEEP_FUNCTION_ARN', 'TIMER_FUNCTION_ARN', 'STRUCTURE_HASH', 'PIPELINE_NAME'],
  },
  phase: { handler: 'phase', ...SHORT, variables: [...DATA, ...SCHEDULES, 'TIMER_FUNCTION_ARN'] },
  plan: { handler: 'plan', ...SHORT, variables: DATA },
  'worker-models': worker('models'),
  'worker-tools': worker('tools'),
  aggregate: { handler: 'aggregate', ...LONG, variables: DATA },
  gate: { handler: 'gate', ...LONG, variables: DATA },
  supervise: { handler: 'supervise', ...SHORT, variables: DATA },
  sweep: { handler: 'sweep', ...SHORT, variables: ['TABLE_NAME', ...SCHEDULES, 'SWEEP_FUNCTION_ARN', 'STAGE'] },
  dlq: { handler: 'dlq', ...SHORT, variables: ['TABLE_NAME'] },
  timer: { handler: 'timer', ...SHORT, variables: ['TABLE_NAME', ...SCHEDULES, 'TIMER_FUNCTION_ARN'] },
  ledger: { handler: 'ledger', ...LONG, variables: ['TABLE_NAME', 'LEDGER_TABLE_NAME', 'EVENT_BUS_NAME', 'STAGE'] },
  seal: {
    handler: 'seal',
    ...LONG,
    variables: ['TABLE_NAME', 'LEDGER_TABLE_NAME', 'SEALED_BUCKET_NAME', 'SIGNING_KEY_ARN'],
  },
  close: { handler: 'close', ...LONG, variables: [...DATA, 'LEDGER_TABLE_NAME', 'SIGNING_KEY_ARN', ...SCHEDULES] },
  metrics: { handler: 'metrics', ...SHORT, variables: DATA },
  publish: { handler: 'publish', seconds: 120, megabytes: 2048, variables: [...DATA, 'SIGNING_KEY_ARN'] },
};
