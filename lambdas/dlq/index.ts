// Composition root of dlq.

import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { openTables } from '../clients/dynamodb.ts';
import { createSfn } from '../clients/sfn.ts';
import { systemClock } from '../clock.ts';
import { readEnvironment } from '../environment.ts';
import { serve } from '../serve.ts';
import { type DlqDeps, deadLetter } from './dead-letter.ts';

const env = readEnvironment('TABLE_NAME');
const [table] = openTables(env.TABLE_NAME);
const deps: DlqDeps = { table, tokens: createSfn().tokens, now: systemClock.now };

export const handler = serve('dlq', (event: SQSEvent, log, context) =>
  processPartialResponse(
    event,
    (record: SQSRecord) => deadLetter(deps, record.body, record.messageId, log),
    new BatchProcessor(EventType.SQS),
    { context, throwOnFullBatchFailure: false },
  ),
);
