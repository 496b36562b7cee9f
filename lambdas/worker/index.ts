// Composition root of the worker, for both queues.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { findAgent } from '../../agents/catalogue.ts';
import { createBuilds } from '../clients/codebuild.ts';
import { openTables } from '../clients/dynamodb.ts';
import { modelSettings } from '../clients/model-settings.ts';
import { openBucket } from '../clients/s3.ts';
import { createSfn } from '../clients/sfn.ts';
import { createQueues } from '../clients/sqs.ts';
import { systemClock } from '../clock.ts';
import { modelSetting, optionalVariable, readEnvironment } from '../environment.ts';
import { asIdeaMineError } from '../faults.ts';
import type { WorkMessage } from '../messages.ts';
import { cachedPipelines } from '../pinned.ts';
import { type Log, logFor, serve } from '../serve.ts';
import { createBreakers } from './breakers.ts';
import { keepObjects } from './kept-objects.ts';
import { parseWork } from './message.ts';
import { providerFinder } from './providers.ts';
import type { ToolBuilds } from './tools.ts';
import { type WorkerDeps, work } from './work.ts';

/** Kept for checkpoint, release and the continuation's message, with room for a throttled call. */
const FLOOR_MS = 60_000;

const env = readEnvironment('TABLE_NAME', 'BUCKET_NAME', 'MODELS_QUEUE_URL', 'TOOLS_QUEUE_URL', 'WORKER_CLASS');
const [table] = openTables(env.TABLE_NAME);
const bucket = openBucket(env.BUCKET_NAME);
const epochMs = () => Date.parse(systemClock.now());

// Both stand beside the bundle, which is CommonJS and knows its folder.
const hosted = () => (require(join(__dirname, 'later.js')) as typeof import('./later.ts')).hostedMakers;
async function prompts() {
  const folder = join(__dirname, 'prompts');
  const names = await readdir(folder);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
  );
}

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
  findProvider: providerFinder({
    bucket,
    hosted,
    prompts,
    settings: modelSettings(modelSetting, optionalVariable('MODEL_KEYS_SECRET_ARN'), epochMs),
    now: epochMs,
  }),
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
      const message = parseOrRefuse(record.body, log);
      const invocation = { owner: context.awsRequestId, remainingMs: context.getRemainingTimeInMillis() };
      await work(deps, message, invocation, logFor(log, message));
    },
    processor,
    { context, throwOnFullBatchFailure: false },
  );
});

/** The batch swallows what is thrown for one record, so a refusal is logged here. */
function parseOrRefuse(body: string, log: Log): WorkMessage {
  try {
    return parseWork(body);
  } catch (thrown) {
    const { code, message, retryable } = asIdeaMineError(thrown);
    log.error(`refused: ${message}`, { code, retryable });
    throw thrown;
  }
}
