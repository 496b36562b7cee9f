// Composition root of plan.

import { findAgent } from '../../agents/catalogue.ts';
import { openTables } from '../clients/dynamodb.ts';
import { openBucket } from '../clients/s3.ts';
import { systemClock } from '../clock.ts';
import { readEnvironment } from '../environment.ts';
import type { PlanMessage } from '../messages.ts';
import { cachedPipelines } from '../pinned.ts';
import { serve } from '../serve.ts';
import { type PlanDeps, plan } from './plan.ts';

const env = readEnvironment('TABLE_NAME', 'BUCKET_NAME');
const [table] = openTables(env.TABLE_NAME);
const bucket = openBucket(env.BUCKET_NAME);
const deps: PlanDeps = { table, bucket, pipelines: cachedPipelines(bucket), now: systemClock.now, findAgent };

export const handler = serve('plan', (message: PlanMessage) => plan(deps, message));
