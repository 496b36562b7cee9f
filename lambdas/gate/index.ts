// Composition root of gate.

import { everyAgent } from '../../agents/catalogue.ts';
import { openTables } from '../clients/dynamodb.ts';
import { openBucket } from '../clients/s3.ts';
import { systemClock } from '../clock.ts';
import { readEnvironment } from '../environment.ts';
import type { AttemptMessage } from '../messages.ts';
import { cachedPipelines } from '../pinned.ts';
import { serve } from '../serve.ts';
import { type GateDeps, gate } from './gate.ts';

const env = readEnvironment('TABLE_NAME', 'BUCKET_NAME');
const [table] = openTables(env.TABLE_NAME);
const bucket = openBucket(env.BUCKET_NAME);
const deps: GateDeps = { table, bucket, pipelines: cachedPipelines(bucket), now: systemClock.now, agents: everyAgent };

export const handler = serve('gate', (message: AttemptMessage) => gate(deps, message));
