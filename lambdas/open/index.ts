// Composition root of open. The deployed pipeline stands beside the bundle.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { known } from '../../agents/known.ts';
import type { PinnedPipeline } from '../../core/pipeline/model.ts';
import { openTables } from '../clients/dynamodb.ts';
import { openBucket } from '../clients/s3.ts';
import { createSchedules } from '../clients/scheduler.ts';
import { systemClock } from '../clock.ts';
import { readEnvironment } from '../environment.ts';
import type { OpenMessage } from '../messages.ts';
import { serve } from '../serve.ts';
import { type OpenDeps, open } from './open.ts';

const env = readEnvironment(
  'TABLE_NAME',
  'BUCKET_NAME',
  'SCHEDULE_GROUP',
  'SCHEDULER_ROLE_ARN',
  'SWEEP_FUNCTION_ARN',
  'TIMER_FUNCTION_ARN',
  'STRUCTURE_HASH',
  'PIPELINE_NAME',
);
const [table] = openTables(env.TABLE_NAME);

let deployed: PinnedPipeline | undefined;

const deps: OpenDeps = {
  table,
  bucket: openBucket(env.BUCKET_NAME),
  schedules: createSchedules(env.SCHEDULE_GROUP, env.SCHEDULER_ROLE_ARN),
  sweepFunction: env.SWEEP_FUNCTION_ARN,
  timerFunction: env.TIMER_FUNCTION_ARN,
  pipelineName: env.PIPELINE_NAME,
  structureHash: env.STRUCTURE_HASH,
  known,
  async deployed() {
    // The bundle is CommonJS, which knows its folder.
    deployed ??= JSON.parse(await readFile(join(__dirname, 'pipeline.json'), 'utf8')) as PinnedPipeline;
    return deployed;
  },
  now: systemClock.now,
};

export const handler = serve('open', (message: OpenMessage) => open(deps, message));
