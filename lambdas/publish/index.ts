// Composition root of publish: told by the bus that a run has ended, or asked by name.

import { type AboutRun, runIdOf } from '../about-run.ts';
import { openTables } from '../clients/dynamodb.ts';
import { createSign } from '../clients/kms.ts';
import { openBucket } from '../clients/s3.ts';
import { systemClock } from '../clock.ts';
import { optionalVariable, readEnvironment } from '../environment.ts';
import { logFor, serve } from '../serve.ts';
import { type PublishDeps, publish } from './publish.ts';

const env = readEnvironment('TABLE_NAME', 'BUCKET_NAME');
const key = optionalVariable('SIGNING_KEY_ARN');
const [table] = openTables(env.TABLE_NAME);
const deps: PublishDeps = {
  table,
  bucket: openBucket(env.BUCKET_NAME),
  sign: key === undefined ? null : createSign(key),
  now: systemClock.now,
};

export const handler = serve('publish', async (message: AboutRun, log): Promise<void> => {
  const runId = runIdOf(message);
  await publish(deps, runId, logFor(log, { runId }));
});
