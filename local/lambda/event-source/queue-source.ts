// An event source mapping on a queue: receives in the name of the function's role, invokes with up to a batch, deletes what succeeded.
// What failed is left to the visibility timeout. A throttled batch is tried again until its visibility is nearly over, then let go.

import { compilePattern, type Matcher } from '../../events/pattern.ts';
import { AwsError, type CallContext, type Fabric } from '../../service.ts';
import type { Outcome } from '../environment.ts';
import type { FunctionConfiguration } from '../functions.ts';
import { readItemFailures } from './item-failures.ts';
import type { InvokeMapped, Mapping } from './mapping.ts';

interface Received {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const MOST_A_RECEIVE = 10;
const FIRST_THROTTLE_WAIT_MS = 250;
const LONGEST_THROTTLE_WAIT_MS = 10_000;
const REFUSED_WAIT_MS = 60_000;

export class QueueSource {
  readonly #fabric: Fabric;
  readonly #mapping: Mapping;
  readonly #queueUrl: string;
  readonly #find: () => FunctionConfiguration;
  readonly #invoke: InvokeMapped;
  readonly #filters: readonly Matcher[];
  #inFlight = 0;
  #gathered: Received[] = [];
  #gathering = false;
  #refused = false;
  #stopped = false;

  constructor(fabric: Fabric, mapping: Mapping, find: () => FunctionConfiguration, invoke: InvokeMapped) {
    this.#fabric = fabric;
    this.#mapping = mapping;
    const name = mapping.sourceArn.split(':').at(-1);
    this.#queueUrl = `https://sqs.${fabric.region}.amazonaws.com/${fabric.accountId}/${name}`;
    this.#find = find;
    this.#invoke = invoke;
    this.#filters = mapping.filters.map(compilePattern);
  }

  /** Receives and invokes as much as there is and is allowed. Inside a turn. */
  poll(): void {
    while (!this.#stopped && !this.#refused && this.#inFlight < this.#mapping.maximumConcurrency) {
      const room = this.#mapping.batchSize - this.#gathered.length;
      const received = this.#receive(Math.min(room, MOST_A_RECEIVE));
      if (received === undefined) return;
      this.#gathered.push(...received);
      if (this.#gathered.length === 0) return;
      if (this.#gathered.length >= this.#mapping.batchSize) this.#flush();
      else if (received.length < MOST_A_RECEIVE && received.length < room) {
        // The queue is empty for now: wait out the window for more, or go with what there is.
        if (this.#mapping.windowMs === 0) this.#flush();
        else this.#gather();
        return;
      }
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  #gather(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    this.#fabric.timers.set(this.#fabric.clock.now() + this.#mapping.windowMs, () => {
      this.#gathering = false;
      if (this.#gathered.length > 0) this.#flush();
      this.poll();
    });
  }

  #flush(): void {
    const batch = this.#gathered;
    this.#gathered = [];
    this.#inFlight++;
    const visibility = this.#fabric.call(
      'SQS',
      'GetQueueAttributes',
      { QueueUrl: this.#queueUrl, AttributeNames: ['VisibilityTimeout'] },
      {},
    ) as {
      Attributes: { VisibilityTimeout: string };
    };
    const until = this.#fabric.clock.now() + Number(visibility.Attributes.VisibilityTimeout) * 1000;
    this.#attempt(batch, until, FIRST_THROTTLE_WAIT_MS);
  }

  #attempt(batch: readonly Received[], until: number, waitMs: number): void {
    const configuration = this.#find();
    let running: Promise<Outcome>;
    try {
      const event = { Records: batch.map((message) => this.#record(message)) };
      running = this.#invoke(configuration, this.#fabric.random.uuid(), JSON.stringify(event));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const next = this.#fabric.clock.now() + waitMs;
      if (next >= until) {
        this.#fabric.log({
          kind: 'throttled-batch',
          level: 'warn',
          function: configuration.name,
          messages: batch.length,
        });
        this.#done();
        return;
      }
      this.#fabric.timers.set(next, () => this.#attempt(batch, until, Math.min(waitMs * 2, LONGEST_THROTTLE_WAIT_MS)));
      return;
    }
    running.then((outcome) => this.#fabric.turns.defer(() => this.#settle(batch, outcome)));
  }

  #settle(batch: readonly Received[], outcome: Outcome): void {
    const ids = new Set(batch.map((message) => message.MessageId));
    let failed: ReadonlySet<string> = ids;
    if (outcome.ok) failed = this.#mapping.reportsItemFailures ? readItemFailures(outcome.payload, ids) : new Set();
    const succeeded = batch.filter((message) => !failed.has(message.MessageId));
    this.#delete(succeeded);
    this.#done();
  }

  #done(): void {
    this.#inFlight--;
    this.poll();
  }

  #delete(messages: readonly Received[]): void {
    for (let i = 0; i < messages.length; i += MOST_A_RECEIVE) {
      const Entries = messages
        .slice(i, i + MOST_A_RECEIVE)
        .map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }));
      this.#asRole('DeleteMessageBatch', { QueueUrl: this.#queueUrl, Entries });
    }
  }

  /** Messages that pass the filters; those that do not are deleted. Undefined when the role may not. */
  #receive(most: number): Received[] | undefined {
    const answer = this.#asRole('ReceiveMessage', {
      QueueUrl: this.#queueUrl,
      MaxNumberOfMessages: most,
      WaitTimeSeconds: 0,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['.*'],
    }) as { Messages?: Received[] } | undefined;
    if (answer === undefined) return undefined;
    const messages = answer.Messages ?? [];
    if (this.#filters.length === 0 || messages.length === 0) return messages;
    const passing = messages.filter((message) => this.#passes(message));
    this.#delete(messages.filter((message) => !passing.includes(message)));
    // All filtered out: look for more, so that the caller does not take the queue for empty.
    return passing.length === 0 ? this.#receive(most) : passing;
  }

  #passes(message: Received): boolean {
    const record = { ...this.#record(message), body: parsed(message.Body) };
    return this.#filters.some((matches) => matches(record));
  }

  #asRole(operation: string, input: object): unknown {
    const role = this.#find().role;
    const context: CallContext = {
      environment: `event-source/${this.#mapping.uuid}`,
      ...(role === undefined ? {} : { principal: role }),
    };
    try {
      return this.#fabric.call('SQS', operation, input, context);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#fabric.log({
        kind: 'event-source-refused',
        level: 'error',
        source: this.#mapping.sourceArn,
        operation,
        message: error.message,
      });
      this.#refused = true;
      this.#fabric.timers.set(this.#fabric.clock.now() + REFUSED_WAIT_MS, () => {
        this.#refused = false;
        this.poll();
      });
      return undefined;
    }
  }

  #record(message: Received): object {
    return {
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: message.Attributes ?? {},
      messageAttributes: Object.fromEntries(
        Object.entries(message.MessageAttributes ?? {}).map(([name, attribute]) => [name, lowered(attribute)]),
      ),
      md5OfBody: message.MD5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: this.#mapping.sourceArn,
      awsRegion: this.#fabric.region,
    };
  }
}

function lowered(attribute: Readonly<Record<string, unknown>>): object {
  const { StringValue, BinaryValue, DataType } = attribute;
  return {
    ...(StringValue === undefined ? {} : { stringValue: StringValue }),
    ...(BinaryValue === undefined ? {} : { binaryValue: Buffer.from(BinaryValue as Uint8Array).toString('base64') }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
