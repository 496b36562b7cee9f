// What is looked at: everything of a stage that metrics exist for, by the names their dimensions take.

import type { MachineName } from '../../statemachines/machines.ts';
import type { FunctionName } from '../names.ts';

export interface Watched {
  /** The stage's prefix. */
  readonly prefix: string;
  /** ARN by machine. */
  readonly machines: Readonly<Record<MachineName, string>>;
  /** Name by function. */
  readonly functions: Readonly<Record<FunctionName, string>>;
  /** Names of the queues work is taken from. */
  readonly workQueues: readonly string[];
  /** Names of the queues the work of which was given up, and of those a rule could not deliver to. */
  readonly deadLetters: readonly string[];
  /** Name of the queue with what could not be numbered. */
  readonly ledgerDeadLetters: string;
  readonly table: string;
  readonly ledger: string;
  readonly scheduleGroup: string;
}

/** Functions by what stands still when they fail; an alarm's formula takes ten metrics at most. */
const GROUPS: Readonly<Record<FunctionName, string>> = {
  open: 'steering',
  phase: 'steering',
  plan: 'steering',
  aggregate: 'steering',
  gate: 'steering',
  supervise: 'steering',
  close: 'steering',
  'worker-models': 'workers',
  'worker-tools': 'workers',
  sweep: 'upkeep',
  dlq: 'upkeep',
  timer: 'upkeep',
  ledger: 'record',
  seal: 'record',
  publish: 'record',
  metrics: 'record',
};

/** The functions of each group. */
export function functionGroups(): (readonly [group: string, functions: readonly FunctionName[]])[] {
  const names = Object.keys(GROUPS) as FunctionName[];
  return [...new Set(Object.values(GROUPS))].map((group) => [group, names.filter((name) => GROUPS[name] === group)]);
}
