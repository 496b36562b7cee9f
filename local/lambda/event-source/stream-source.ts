// An event source mapping on a DynamoDB stream: in order, one batch in flight, from a cursor kept in a table. A failing batch is tried
// again until it succeeds, is bisected down to the record at fault, or is too old or tried too often; then it goes to the on-failure
// destination and the cursor passes it.

import type { DatabaseSync } from 'node:sqlite';
import { compilePattern, type Matcher } from '../../events/pattern.ts';
import { AwsError, type CallContext, type Fabric } from '../../service.ts';
import type { Outcome } from '../environment.ts';
import type { FunctionConfiguration } from '../functions.ts';
import { readItemFailures } from './item-failures.ts';
import type { InvokeMapped, Mapping } from './mapping.ts';

/** A record as a Lambda function gets it. */
export interface StreamRecord {
  readonly dynamodb: {
    readonly SequenceNumber: string;
    /** Epoch seconds. */
    readonly ApproximateCreationDateTime: number;
  };
}

/** How a stream is read. Positions are sequence numbers; '' is before the first record. */
export interface StreamReader {
  /** Records after `position`, in order. */
  read(streamArn: string, position: string, most: number): readonly StreamRecord[];
  newest(streamArn: string): string;
  /** Calls `listener`, in a turn, when records were added. */
  watch(streamArn: string, listener: () => void): void;
}

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

export class Cursors {
  readonly #get;
  readonly #put;

  constructor(db: DatabaseSync) {
    db.exec(
      'CREATE TABLE IF NOT EXISTS lambda_cursor (mapping TEXT PRIMARY KEY, position TEXT NOT NULL) WITHOUT ROWID, STRICT',
    );
    this.#get = db.prepare('SELECT position FROM lambda_cursor WHERE mapping = ?');
    this.#put = db.prepare('INSERT OR REPLACE INTO lambda_cursor VALUES (?, ?)');
  }

  get(uuid: string): string | undefined {
    const row = this.#get.get(uuid);
    return row === undefined ? undefined : String(row.position);
  }

  put(uuid: string, position: string): void {
    this.#put.run(uuid, position);
  }
}

export class StreamSource {
  readonly #fabric: Fabric;
  readonly #mapping: Mapping;
  readonly #reader: StreamReader;
  readonly #cursors: Cursors;
  readonly #find: () => FunctionConfiguration;
  readonly #invoke: InvokeMapped;
  readonly #filters: readonly Matcher[];
  #busy = false;
  #stopped = false;

  constructor(
    fabric: Fabric,
    mapping: Mapping,
    parts: {
      readonly reader: StreamReader;
      readonly cursors: Cursors;
      readonly find: () => FunctionConfiguration;
      readonly invoke: InvokeMapped;
    },
  ) {
    this.#fabric = fabric;
    this.#mapping = mapping;
    this.#reader = parts.reader;
    this.#cursors = parts.cursors;
    this.#find = parts.find;
    this.#invoke = parts.invoke;
    this.#filters = mapping.filters.map(compilePattern);
    if (parts.cursors.get(mapping.uuid) === undefined) {
      parts.cursors.put(
        mapping.uuid,
        mapping.startingPosition === 'LATEST' ? parts.reader.newest(mapping.sourceArn) : '',
      );
    }
  }

  /** Takes up the next batch unless one is in flight. Inside a turn. */
  poll(): void {
    if (this.#busy || this.#stopped) return;
    const { sourceArn, batchSize, windowMs } = this.#mapping;
    const found = this.#reader.read(sourceArn, this.#position(), batchSize);
    if (found.length === 0) return;
    this.#busy = true;
    if (windowMs === 0 || found.length >= batchSize) {
      this.#begin(found);
      return;
    }
    this.#fabric.timers.set(this.#fabric.clock.now() + windowMs, () => {
      this.#begin(this.#reader.read(sourceArn, this.#position(), batchSize));
    });
  }

  stop(): void {
    this.#stopped = true;
  }

  #position(): string {
    return this.#cursors.get(this.#mapping.uuid) ?? '';
  }

  #begin(found: readonly StreamRecord[]): void {
    const last = found.at(-1)?.dynamodb.SequenceNumber ?? this.#position();
    const passing = found.filter(
      (record) => this.#filters.length === 0 || this.#filters.some((matches) => matches(record)),
    );
    if (passing.length === 0) this.#advance(last);
    else this.#attempt(passing, last, 0);
  }

  /** `last`: position the cursor takes when `records` are done. `failures`: of this batch so far. */
  #attempt(records: readonly StreamRecord[], last: string, failures: number): void {
    if (this.#stopped) return;
    const configuration = this.#find();
    let running: Promise<Outcome>;
    try {
      const event = { Records: records };
      running = this.#invoke(configuration, this.#fabric.random.uuid(), JSON.stringify(event));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#later(() => this.#attempt(records, last, failures), 0);
      return;
    }
    running.then((outcome) => this.#fabric.turns.defer(() => this.#settle(records, last, failures, outcome)));
  }

  #settle(records: readonly StreamRecord[], last: string, failures: number, outcome: Outcome): void {
    let rest = records;
    if (outcome.ok) {
      const numbers = new Set(records.map(({ dynamodb }) => dynamodb.SequenceNumber));
      const failed = this.#mapping.reportsItemFailures ? readItemFailures(outcome.payload, numbers) : new Set<string>();
      const first = records.findIndex(({ dynamodb }) => failed.has(dynamodb.SequenceNumber));
      if (first < 0) {
        this.#advance(last);
        return;
      }
      // All before the lowest failure are done.
      rest = records.slice(first);
      const done = records[first - 1];
      if (done) this.#cursors.put(this.#mapping.uuid, done.dynamodb.SequenceNumber);
    }
    const progressed = rest.length < records.length;
    this.#failed(rest, last, progressed ? 1 : failures + 1);
  }

  #failed(records: readonly StreamRecord[], last: string, failures: number): void {
    const { bisects, maximumRetries, maximumAgeMs } = this.#mapping;
    const age = this.#fabric.clock.now() - (records[0]?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000;
    if ((maximumRetries >= 0 && failures > maximumRetries) || (maximumAgeMs >= 0 && age > maximumAgeMs)) {
      this.#discard(records, failures);
      this.#advance(last);
      return;
    }
    if (bisects && records.length > 1) {
      const half = records.slice(0, Math.ceil(records.length / 2));
      this.#later(() => this.#attempt(half, half.at(-1)?.dynamodb.SequenceNumber ?? last, failures), failures - 1);
      return;
    }
    this.#later(() => this.#attempt(records, last, failures), failures - 1);
  }

  #advance(position: string): void {
    this.#cursors.put(this.#mapping.uuid, position);
    this.#busy = false;
    this.poll();
  }

  #later(work: () => void, failures: number): void {
    const wait = Math.min(FIRST_RETRY_MS * 2 ** Math.min(failures, 16), LONGEST_RETRY_MS);
    this.#fabric.timers.set(this.#fabric.clock.now() + wait, work);
  }

  #discard(records: readonly StreamRecord[], failures: number): void {
    const { sourceArn, onFailure, functionArn } = this.#mapping;
    this.#fabric.log({
      kind: 'stream-records-dropped',
      level: 'error',
      source: sourceArn,
      records: records.length,
      failures,
    });
    if (onFailure === undefined) return;
    const numbers = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
    const message = {
      version: '1.0',
      timestamp: new Date(this.#fabric.clock.now()).toISOString(),
      requestContext: { functionArn, condition: 'RetryAttemptsExhausted', approximateInvokeCount: failures },
      DDBStreamBatchInfo: {
        streamArn: sourceArn,
        batchSize: records.length,
        startSequenceNumber: numbers[0],
        endSequenceNumber: numbers.at(-1),
      },
    };
    const { role } = this.#find();
    const context: CallContext = role === undefined ? {} : { principal: role };
    const QueueUrl = `https://sqs.${this.#fabric.region}.amazonaws.com/${this.#fabric.accountId}/${onFailure.split(':').at(-1)}`;
    try {
      this.#fabric.call('SQS', 'SendMessage', { QueueUrl, MessageBody: JSON.stringify(message) }, context);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#fabric.log({ kind: 'destination-failed', level: 'error', target: onFailure, error: error.name });
    }
  }
}
