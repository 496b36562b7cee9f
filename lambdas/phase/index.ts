// Composition root of phase.

import { openTables } from '../clients/dynamodb.ts';
import { openBucket } from '../clients/s3.ts';
import { createSchedules } from '../clients/scheduler.ts';
import { systemClock } from '../clock.ts';
import { readEnvironment } from '../environment.ts';
import type { PhaseMessage, PhaseState } from '../messages.ts';
import { cachedPipelines } from '../pinned.ts';
import { serve } from '../serve.ts';
import { begin } from './begin.ts';
import { decide } from './decide.ts';
import type { PhaseDeps } from './deps.ts';
import { escalate } from './escalate.ts';
import { resolve } from './resolve.ts';

const env = readEnvironment('TABLE_NAME', 'BUCKET_NAME', 'SCHEDULE_GROUP', 'SCHEDULER_ROLE_ARN', 'TIMER_FUNCTION_ARN');
const [table] = openTables(env.TABLE_NAME);
const bucket = openBucket(env.BUCKET_NAME);
const deps: PhaseDeps = {
  table,
  bucket,
  pipelines: cachedPipelines(bucket),
  schedules: createSchedules(env.SCHEDULE_GROUP, env.SCHEDULER_ROLE_ARN),
  timerFunction: env.TIMER_FUNCTION_ARN,
  now: systemClock.now,
};

export const handler = serve('phase', async (message: PhaseMessage): Promise<PhaseState | null> => {
  if (message.op === 'begin') return begin(deps, message.runId, message.phase);
  if (message.op === 'decide') return decide(deps, message.state);
  if (message.op === 'resolve') return resolve(deps, message.state);
  await escalate(deps, message);
  return null;
});
