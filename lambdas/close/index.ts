// Composition root of close.

import { openTables } from '../clients/dynamodb.ts';
import { createSign } from '../clients/kms.ts';
import { openBucket } from '../clients/s3.ts';
import { createSchedules } from '../clients/scheduler.ts';
import { systemClock } from '../clock.ts';
import { optionalVariable, readEnvironment } from '../environment.ts';
import { cachedPipelines } from '../pinned.ts';
import { logFor, serve } from '../serve.ts';
import { type CloseDeps, close } from './close.ts';
import { endingOf, type FinishedMessage, type StatusChange } from './ending.ts';

const env = readEnvironment('TABLE_NAME', 'LEDGER_TABLE_NAME', 'BUCKET_NAME', 'SCHEDULE_GROUP', 'SCHEDULER_ROLE_ARN');
const [table, ledger] = openTables(env.TABLE_NAME, env.LEDGER_TABLE_NAME);
const key = optionalVariable('SIGNING_KEY_ARN');
const bucket = openBucket(env.BUCKET_NAME);
const deps: CloseDeps = {
  table,
  ledger,
  bucket,
  sign: key === undefined ? null : createSign(key),
  pipelines: cachedPipelines(bucket),
  schedules: createSchedules(env.SCHEDULE_GROUP, env.SCHEDULER_ROLE_ARN),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  now: systemClock.now,
};

export const handler = serve('close', (message: FinishedMessage | StatusChange, log) => {
  const ending = endingOf(message);
  return close(deps, ending, logFor(log, ending));
});
