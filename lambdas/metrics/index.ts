// Composition root of metrics: told by the bus that a phase or a run has ended.

import { type AboutRun, phaseOf, runIdOf } from '../about-run.ts';
import { openTables } from '../clients/dynamodb.ts';
import { openBucket } from '../clients/s3.ts';
import { readEnvironment } from '../environment.ts';
import { logFor, serve } from '../serve.ts';
import { type MetricsDeps, record } from './record.ts';

const env = readEnvironment('TABLE_NAME', 'BUCKET_NAME');
const [table] = openTables(env.TABLE_NAME);
const deps: MetricsDeps = { table, bucket: openBucket(env.BUCKET_NAME) };

export const handler = serve('metrics', async (message: AboutRun, log): Promise<void> => {
  const about = { runId: runIdOf(message), phase: phaseOf(message) };
  await record(deps, about, logFor(log, about));
});
