// Composition root of timer.

import { openTables } from '../clients/dynamodb.ts';
import { createSchedules } from '../clients/scheduler.ts';
import { createSfn } from '../clients/sfn.ts';
import { systemClock } from '../clock.ts';
import { readEnvironment } from '../environment.ts';
import type { TimerMessage } from '../messages.ts';
import { serve } from '../serve.ts';
import { fire, type TimerDeps } from './fire.ts';

const env = readEnvironment('TABLE_NAME', 'SCHEDULE_GROUP', 'SCHEDULER_ROLE_ARN', 'TIMER_FUNCTION_ARN');
const [table] = openTables(env.TABLE_NAME);
const deps: TimerDeps = {
  table,
  executions: createSfn().executions,
  schedules: createSchedules(env.SCHEDULE_GROUP, env.SCHEDULER_ROLE_ARN),
  timerFunction: env.TIMER_FUNCTION_ARN,
  now: systemClock.now,
};

export const handler = serve('timer', (message: TimerMessage, log) => fire(deps, message, log));
