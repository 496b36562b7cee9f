// Composition root of sweep.

import { openTables } from '../clients/dynamodb.ts';
import { createEmit } from '../clients/metrics.ts';
import { createSchedules } from '../clients/scheduler.ts';
import { createSfn } from '../clients/sfn.ts';
import { systemClock } from '../clock.ts';
import { readEnvironment } from '../environment.ts';
import { SWEEP_RATE, SWEEP_SCHEDULE } from '../schedule-names.ts';
import { serve } from '../serve.ts';
import { type SweepDeps, sweep } from './sweep.ts';
import { vitalsOf } from './vitals.ts';

const env = readEnvironment('TABLE_NAME', 'SCHEDULE_GROUP', 'SCHEDULER_ROLE_ARN', 'SWEEP_FUNCTION_ARN', 'STAGE');
const [table] = openTables(env.TABLE_NAME);
const schedules = createSchedules(env.SCHEDULE_GROUP, env.SCHEDULER_ROLE_ARN);
const emit = createEmit(env.STAGE);
const deps: SweepDeps = {
  table,
  tokens: createSfn().tokens,
  now: systemClock.now,
  schedule: {
    start: () =>
      schedules.recurring(SWEEP_SCHEDULE, SWEEP_RATE, {
        functionArn: env.SWEEP_FUNCTION_ARN,
        payload: { op: 'sweep' } satisfies SweepMessage,
      }),
    stop: () => schedules.remove(SWEEP_SCHEDULE),
  },
};

interface SweepMessage {
  readonly op: 'sweep' | 'workers-lost';
}

export const handler = serve('sweep', async (message: SweepMessage, log) => {
  const swept = await sweep(deps, message.op === 'workers-lost', log);
  // Afterwards, since what the sweep put right is nobody's alarm.
  emit(await vitalsOf(table, deps.now()));
  return swept;
});
