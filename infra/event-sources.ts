// What feeds functions on its own: the work queues, their dead letters, and the data table's stream.

import { Duration } from 'aws-cdk-lib';
import {
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  type IFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { WORKERS_AT_ONCE } from '../statemachines/bounds.ts';
import type { FunctionName } from './names.ts';
import type { WorkQueue } from './queues.ts';

/** Tries of a stream batch, halved each time, before its records are set aside: an entry must not be lost to a bad hour. */
const STREAM_RETRIES = 50;

export interface EventSourcesProps {
  readonly functions: Readonly<Record<FunctionName, IFunction>>;
  readonly queues: Readonly<Record<'models' | 'tools', WorkQueue>>;
  readonly streamArn: string;
  /** Where the places of records go that could not be numbered. */
  readonly ledgerDeadLetters: IQueue;
}

export class EventSources extends Construct {
  constructor(scope: Construct, id: string, { functions, queues, streamArn, ledgerDeadLetters }: EventSourcesProps) {
    super(scope, id);
    for (const workerClass of ['models', 'tools'] as const) {
      const { queue, deadLetters } = queues[workerClass];
      new EventSourceMapping(this, `${workerClass}Work`, {
        target: functions[`worker-${workerClass}`],
        eventSourceArn: queue.queueArn,
        batchSize: 1,
        maxConcurrency: WORKERS_AT_ONCE,
        reportBatchItemFailures: true,
      });
      new EventSourceMapping(this, `${workerClass}DeadLetters`, {
        target: functions.dlq,
        eventSourceArn: deadLetters.queueArn,
        batchSize: 10,
        maxConcurrency: 2,
        reportBatchItemFailures: true,
      });
    }
    const stream = new EventSourceMapping(this, 'stream', {
      target: functions.ledger,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(0),
      parallelizationFactor: 1,
      bisectBatchOnError: true,
      // Heartbeats change rows by the thousand; the ledger has to hear of new outbox items alone.
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          dynamodb: { Keys: { sk: { S: FilterRule.beginsWith('OUT#') } } },
        }),
      ],
      retryAttempts: STREAM_RETRIES,
      reportBatchItemFailures: true,
      onFailure: { bind: () => ({ destination: ledgerDeadLetters.queueArn }) },
    });
    stream.node.addDependency(ledgerDeadLetters);
  }
}
