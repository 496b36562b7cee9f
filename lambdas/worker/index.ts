// Composition root of the worker, for both queues.

import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { findAgent } from '../../agents/catalogue.ts';
import { providerMakers } from '../../agents/models/providers.ts';
import { createBuilds } from '../clients/codebuild.ts';
import { openTables } from '../clients/dynamodb.ts';
import { openBucket } from '../clients/s3.ts';
import { createSfn } from '../clients/sfn.ts';
import { createQueues } from '../clients/sqs.ts';
import { systemClock } from '../clock.ts';
import { optionalVariable, readEnvironment } from '../environment.ts';
import { cachedPipelines } from '../pinned.ts';
import { logFor, serve } from '../serve.ts';
import { createBreakers } from './breakers.ts';
import { keepObjects } from './kept-objects.ts';
import { parseWork } from './message.ts';
import type { ToolBuilds } from './tools.ts';
import { type WorkerDeps, work } from './work.ts';

/** Kept for checkpoint, release and the continuation's message, with room for a throttled call. */
const FLOOR_MS = 60_000;

const env = readEnvironment('TABLE_NAME', 'BUCKET_NAME', 'MODELS_QUEUE_URL', 'TOOLS_QUEUE_URL', 'WORKER_CLASS');
const [table] = openTables(env.TABLE_NAME);
const bucket = openBucket(env.BUCKET_NAME);
const providers = new Map(Object.entries(providerMakers).map(([id, make]) => [id, make()]));

const deps: WorkerDeps = {
  table,
  bucket,
  tokens: createSfn().tokens,
  queues: createQueues({ models: env.MODELS_QUEUE_URL, tools: env.TOOLS_QUEUE_URL }),
  timers: {
    after(ms, act) {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  },
  now: systemClock.now,
  pipelines: cachedPipelines(bucket),
  keep: keepObjects(),
  breakers: createBreakers(table, systemClock.now),
  findAgent,
  findProvider: (id) => providers.get(id),
  builds: toolBuilds(),
  floorMs: FLOOR_MS,
};

function toolBuilds(): ToolBuilds | undefined {
  const tools = optionalVariable('TOOLS_PROJECT');
  const registry = optionalVariable('REGISTRY_PROJECT');
  if (tools === undefined || registry === undefined) return undefined;
  return { tools: createBuilds(tools), registry: createBuilds(registry) };
}

export const handler = serve(`worker-${env.WORKER_CLASS}`, (event: SQSEvent, log, context) => {
  const processor = new BatchProcessor(EventType.SQS);
  return processPartialResponse(
    event,
    async (record: SQSRecord) => {
      const message = parseWork(record.body);
      const invocation = { owner: context.awsRequestId, remainingMs: context.getRemainingTimeInMillis() };
      await work(deps, message, invocation, logFor(log, message));
    },
    processor,
    { context, throwOnFullBatchFailure: false },
  );
});
