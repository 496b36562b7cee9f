// Composition root of seal: told by the bus that a phase or a run has ended, or asked by name.

import { type AboutRun, runIdOf } from '../about-run.ts';
import { openTables } from '../clients/dynamodb.ts';
import { createSign } from '../clients/kms.ts';
import { openBucket } from '../clients/s3.ts';
import { systemClock } from '../clock.ts';
import { optionalVariable, readEnvironment } from '../environment.ts';
import { logFor, serve } from '../serve.ts';
import { type SealDeps, seal } from './seal.ts';

const env = readEnvironment('TABLE_NAME', 'LEDGER_TABLE_NAME', 'SEALED_BUCKET_NAME');
const key = optionalVariable('SIGNING_KEY_ARN');
const [table, ledger] = openTables(env.TABLE_NAME, env.LEDGER_TABLE_NAME);
const deps: SealDeps = {
  table,
  ledger,
  sealed: openBucket(env.SEALED_BUCKET_NAME),
  sign: key === undefined ? null : createSign(key),
  now: systemClock.now,
};

export const handler = serve('seal', async (message: AboutRun, log): Promise<void> => {
  const runId = runIdOf(message);
  await seal(deps, runId, logFor(log, { runId }));
});
