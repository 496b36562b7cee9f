// Composition root of aggregate.

import { openTables } from '../clients/dynamodb.ts';
import { openBucket } from '../clients/s3.ts';
import { systemClock } from '../clock.ts';
import { readEnvironment } from '../environment.ts';
import type { RoundMessage } from '../messages.ts';
import { cachedPipelines } from '../pinned.ts';
import { serve } from '../serve.ts';
import { type AggregateDeps, aggregateRound } from './aggregate-round.ts';

const env = readEnvironment('TABLE_NAME', 'BUCKET_NAME');
const [table] = openTables(env.TABLE_NAME);
const bucket = openBucket(env.BUCKET_NAME);
const deps: AggregateDeps = { table, bucket, pipelines: cachedPipelines(bucket), now: systemClock.now };

export const handler = serve('aggregate', (message: RoundMessage) => aggregateRound(deps, message));
