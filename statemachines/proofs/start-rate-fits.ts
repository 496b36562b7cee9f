// Every task is an execution of its own, and one more where its wave is a distributed Map. What a run starts at once, and what its
// workers let it start from then on, stays within the account's quota.

import type { Phase } from '../../core/pipeline/model.ts';
import { WORST_CASE } from '../bounds.ts';
import { LEAST_TASK_SECONDS, QUOTAS, WORKER_CLASSES } from './quotas.ts';
import type { Rule, Violation } from './rule.ts';

const STARTS_A_TASK = 2;

export const startRateFits: Rule = {
  id: 'start-rate-fits',
  check: ({ phases, workersAtOnce }) => [...burst(phases), ...steady(workersAtOnce)],
};

function burst(phases: readonly Phase[]): Violation[] {
  const starts = STARTS_A_TASK * phases.reduce((sum, phase) => sum + widestOf(phase), 0);
  if (starts <= QUOTAS.starts.atOnce) return [];
  const widest = phases.reduce((most, phase) => (widestOf(phase) > widestOf(most) ? phase : most));
  return [
    {
      machine: 'round',
      state: 'Fan out',
      found: `${starts} executions started at once, most of them by phase ${widest.id}`,
      limit: `${QUOTAS.starts.atOnce} of StartExecution`,
      fix: 'let fewer tasks run side by side (mode: N at a time, shard.atMost)',
    },
  ];
}

function steady(workersAtOnce: number): Violation[] {
  const perSecond = (STARTS_A_TASK * WORKER_CLASSES * workersAtOnce) / LEAST_TASK_SECONDS;
  if (perSecond <= QUOTAS.starts.perSecond) return [];
  return [
    {
      machine: 'task',
      found: `${perSecond} executions started a second by ${workersAtOnce} workers of each class`,
      limit: `${QUOTAS.starts.perSecond} a second of StartExecution`,
      fix: 'lower WORKERS_AT_ONCE, or have the quota raised and the proof with it',
    },
  ];
}

/** Tasks of a phase that may be started together. */
function widestOf({ mode, agents }: Phase): number {
  if (mode.kind === 'atMost') return mode.atMost ?? 1;
  const ofLists = agents.map(({ shard }) => shard?.atMost ?? 1);
  const together = mode.kind === 'sequential' || mode.kind === 'iterative' ? Math.max(...ofLists) : sum(ofLists);
  return Math.min(together, Math.max(WORST_CASE.inlineTasks, ...ofLists));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
