// Workers answer for every task and beat while they work; both stay within what the account may send.

import { LEAST_TASK_SECONDS, QUOTAS, WORKER_CLASSES } from './quotas.ts';
import type { Rule } from './rule.ts';

/** A worker beats every minute, up to a tenth earlier. */
const BEAT_SECONDS = 54;

export const answerRateFits: Rule = {
  id: 'answer-rate-fits',
  check({ workersAtOnce }) {
    const workers = WORKER_CLASSES * workersAtOnce;
    const perSecond = Math.max(workers / LEAST_TASK_SECONDS, workers / BEAT_SECONDS);
    if (perSecond <= QUOTAS.answers.perSecond) return [];
    return [
      {
        machine: 'task',
        state: 'Work (models)',
        found: `${perSecond} answers a second by ${workersAtOnce} workers of each class`,
        limit: `${QUOTAS.answers.perSecond} a second of SendTaskSuccess`,
        fix: 'lower WORKERS_AT_ONCE, or have the quota raised and the proof with it',
      },
    ];
  },
};
