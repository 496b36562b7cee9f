// Invocations of type Event: accepted into a table, run until they succeed, two more times if they fail (after one and two minutes), and
// as long as they are throttled (backing off) while young enough. Final failures go to the function's on-failure destination.

import { AwsError, type CallContext, type Fabric } from '../service.ts';
import type { Outcome } from './environment.ts';
import type { FunctionConfiguration, Functions } from './functions.ts';

/** Lambda waits one minute before the first retry and two before the second. */
const RETRY_WAIT_MS = 60_000;
const THROTTLE_WAIT_MS = 1_000;
const LONGEST_THROTTLE_WAIT_MS = 300_000;

interface Row {
  readonly id: number;
  readonly function: string;
  readonly requestId: string;
  readonly payload: string;
  readonly acceptedAt: number;
  readonly failures: number;
  readonly throttles: number;
  readonly due: number;
}

export type InvokeNow = (configuration: FunctionConfiguration, requestId: string, payload: string) => Promise<Outcome>;

export class AsyncInvocations {
  readonly #fabric: Fabric;
  readonly #functions: Functions;
  readonly #invoke: InvokeNow;

  constructor(fabric: Fabric, functions: Functions, invoke: InvokeNow) {
    this.#fabric = fabric;
    this.#functions = functions;
    this.#invoke = invoke;
    fabric.db.exec(
      'CREATE TABLE IF NOT EXISTS lambda_event (id INTEGER PRIMARY KEY, function TEXT NOT NULL, requestId TEXT NOT NULL, payload TEXT NOT NULL, ' +
        'acceptedAt INTEGER NOT NULL, failures INTEGER NOT NULL, throttles INTEGER NOT NULL, due INTEGER NOT NULL) STRICT',
    );
    this.#statements = {
      insert: fabric.db.prepare(
        'INSERT INTO lambda_event (function, requestId, payload, acceptedAt, failures, throttles, due) VALUES (?, ?, ?, ?, 0, 0, ?)',
      ),
      get: fabric.db.prepare('SELECT * FROM lambda_event WHERE id = ?'),
      all: fabric.db.prepare('SELECT id, due FROM lambda_event ORDER BY due, id'),
      postpone: fabric.db.prepare('UPDATE lambda_event SET failures = ?, throttles = ?, due = ? WHERE id = ?'),
      delete: fabric.db.prepare('DELETE FROM lambda_event WHERE id = ?'),
    };
  }

  readonly #statements;

  /** Inside a turn. */
  accept(configuration: FunctionConfiguration, requestId: string, payload: string): void {
    const now = this.#fabric.clock.now();
    const { lastInsertRowid } = this.#statements.insert.run(configuration.name, requestId, payload, now, now);
    const id = Number(lastInsertRowid);
    this.#fabric.turns.defer(() => this.#attempt(id));
  }

  /** Takes up what was accepted and not finished. */
  boot(): void {
    for (const { id, due } of this.#statements.all.all())
      this.#fabric.timers.set(Number(due), () => this.#attempt(Number(id)));
  }

  #attempt(id: number): void {
    const row = this.#statements.get.get(id) as unknown as Row | undefined;
    if (!row) return;
    const configuration = this.#functions.get(row.function);
    if (!configuration) {
      this.#statements.delete.run(id);
      return;
    }
    let running: Promise<Outcome>;
    try {
      running = this.#invoke(configuration, row.requestId, row.payload);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const wait = Math.min(THROTTLE_WAIT_MS * 2 ** row.throttles, LONGEST_THROTTLE_WAIT_MS);
      this.#again(row, configuration, { ...row, throttles: row.throttles + 1 }, wait, undefined);
      return;
    }
    running.then((outcome) => this.#fabric.turns.defer(() => this.#settle(row, configuration, outcome)));
  }

  #settle(row: Row, configuration: FunctionConfiguration, outcome: Outcome): void {
    if (outcome.ok) {
      this.#statements.delete.run(row.id);
      return;
    }
    const failures = row.failures + 1;
    if (failures > configuration.retries.attempts) this.#giveUp(row, configuration, 'RetriesExhausted', outcome);
    else this.#again(row, configuration, { ...row, failures }, RETRY_WAIT_MS * failures, outcome);
  }

  #again(
    row: Row,
    configuration: FunctionConfiguration,
    next: Row,
    waitMs: number,
    outcome: Outcome | undefined,
  ): void {
    const due = this.#fabric.clock.now() + waitMs;
    if (due - row.acceptedAt > configuration.retries.maximumAgeMs) {
      this.#giveUp(row, configuration, 'EventAgeExceeded', outcome);
      return;
    }
    this.#statements.postpone.run(next.failures, next.throttles, due, row.id);
    this.#fabric.timers.set(due, () => this.#attempt(row.id));
  }

  #giveUp(row: Row, configuration: FunctionConfiguration, condition: string, outcome: Outcome | undefined): void {
    this.#statements.delete.run(row.id);
    this.#fabric.log({
      kind: 'event-dropped',
      level: 'error',
      function: row.function,
      requestId: row.requestId,
      condition,
    });
    const target = configuration.retries.onFailure;
    if (target === undefined) return;
    const record = {
      version: '1.0',
      timestamp: new Date(this.#fabric.clock.now()).toISOString(),
      requestContext: {
        requestId: row.requestId,
        functionArn: `${configuration.arn}:$LATEST`,
        condition,
        approximateInvokeCount: row.failures + 1,
      },
      requestPayload: JSON.parse(row.payload),
      ...(outcome && !outcome.ok ? { responsePayload: outcome.error } : {}),
    };
    const context: CallContext = configuration.role === undefined ? {} : { principal: configuration.role };
    try {
      this.#tell(target, JSON.stringify(record), context);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#fabric.log({
        kind: 'destination-failed',
        level: 'error',
        function: row.function,
        target,
        error: error.name,
      });
    }
  }

  #tell(target: string, body: string, context: CallContext): void {
    const service = target.split(':')[2];
    const name = target.split(':').at(-1) ?? '';
    if (service === 'sqs') {
      const QueueUrl = `https://sqs.${this.#fabric.region}.amazonaws.com/${this.#fabric.accountId}/${name}`;
      this.#fabric.call('SQS', 'SendMessage', { QueueUrl, MessageBody: body }, context);
    } else if (service === 'lambda') {
      this.#fabric.call('Lambda', 'Invoke', { FunctionName: target, InvocationType: 'Event', Payload: body }, context);
    } else throw new AwsError('UnknownOperationException', `the on-failure destination ${target} is not offered here`);
  }
}
