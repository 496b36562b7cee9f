// The queues that feed the workers and the ones that undeliverable things end in.

import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FUNCTION_SPECS, WORKER_SECONDS } from './function-specs.ts';

/** Deliveries before a message is undeliverable. A worker that is merely slow answers its delivery with success. */
const DELIVERIES = 5;

/** AWS's advice for a queue that feeds a function: six times the function's time limit. */
const visibilityFor = (seconds: number): Duration => Duration.seconds(6 * seconds);

const COMMON = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) };

/** Work for one class of workers; what cannot be delivered is handed to the function `dlq`. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...COMMON,
      visibilityTimeout: visibilityFor(FUNCTION_SPECS.dlq.seconds),
    });
    this.queue = new Queue(this, 'Queue', {
      ...COMMON,
      visibilityTimeout: visibilityFor(WORKER_SECONDS),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: DELIVERIES },
    });
  }
}

/** Where something other than a queue (a stream, a rule) leaves what it could not deliver, for a person to look at. */
export function lastResort(scope: Construct, id: string): Queue {
  const queue = new Queue(scope, id, COMMON);
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'It is itself the dead-letter queue of a stream or a rule, which the check does not see',
  });
  return queue;
}
