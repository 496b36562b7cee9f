// Composition root of ledger: the consumer of the data table's stream. A batch stops at the first record that fails, so
// that the order within a run is kept.

import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { OUTBOX } from '../../store/keys.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { openTables } from '../clients/dynamodb.ts';
import { createPublish } from '../clients/eventbridge.ts';
import { createEmit } from '../clients/metrics.ts';
import { readEnvironment } from '../environment.ts';
import { asIdeaMineError } from '../faults.ts';
import { serve } from '../serve.ts';
import { append, type Heads, type LedgerDeps } from './append.ts';
import { tallyOf } from './tally.ts';

const env = readEnvironment('TABLE_NAME', 'LEDGER_TABLE_NAME', 'EVENT_BUS_NAME', 'STAGE');
const [table, ledger] = openTables(env.TABLE_NAME, env.LEDGER_TABLE_NAME);
const emit = createEmit(env.STAGE);
const publish = createPublish(env.EVENT_BUS_NAME);

export const handler = serve('ledger', async (event: DynamoDBStreamEvent, log): Promise<DynamoDBBatchResponse> => {
  const heads = new Map<string, Heads>();
  const appended: OutboxRow[] = [];
  const deps: LedgerDeps = { table, ledger, publish, onAppended: (row) => appended.push(row) };
  for (const record of event.Records) {
    const row = outboxOf(record);
    if (row === undefined) continue;
    try {
      heads.set(row.runId, await append(deps, row, heads.get(row.runId)));
    } catch (thrown) {
      const error = asIdeaMineError(thrown);
      log.error('an outbox item could not be numbered', {
        run: row.runId,
        id: row.id,
        code: error.code,
        cause: error.message,
      });
      emitTally(appended);
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  emitTally(appended);
  return { batchItemFailures: [] };
});

function emitTally(rows: readonly OutboxRow[]): void {
  const tally = tallyOf(rows);
  if (tally !== undefined) emit(tally);
}

function outboxOf(record: DynamoDBRecord): OutboxRow | undefined {
  const image = record.dynamodb?.NewImage;
  if (record.eventName !== 'INSERT' || image === undefined || !image.sk?.S?.startsWith(OUTBOX)) return undefined;
  return unmarshall(image as Parameters<typeof unmarshall>[0]) as OutboxRow;
}
