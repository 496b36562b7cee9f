// Composition root of supervise.

import { openTables } from '../clients/dynamodb.ts';
import { openBucket } from '../clients/s3.ts';
import { systemClock } from '../clock.ts';
import { readEnvironment } from '../environment.ts';
import type { SuperviseMessage } from '../messages.ts';
import { cachedPipelines } from '../pinned.ts';
import { serve } from '../serve.ts';
import { type SuperviseDeps, supervise } from './supervise.ts';

const env = readEnvironment('TABLE_NAME', 'BUCKET_NAME');
const [table] = openTables(env.TABLE_NAME);
const deps: SuperviseDeps = { table, pipelines: cachedPipelines(openBucket(env.BUCKET_NAME)), now: systemClock.now };

export const handler = serve('supervise', (message: SuperviseMessage) => supervise(deps, message));
