// Deliveries that are on their way: kept in a table until the target took them, tried again with growing waits, and given to a
// dead-letter queue when too old or tried too often. The row goes in the same turn in which the target took it.

import { AwsError, type Fabric } from '../service.ts';
import { deliver } from './targets.ts';

export interface Delivery {
  readonly targetArn: string;
  readonly role?: string;
  /** Text, in which `<attempt-number>` placeholders of `attemptPlaceholder` are replaced at each try. */
  readonly input: string;
  readonly attemptPlaceholder?: string;
  readonly deliveryId: string;
  readonly maximumRetries: number;
  readonly maximumAgeMs: number;
  readonly deadLetterArn?: string;
  /** Attributes a dead-letter message tells about its origin. */
  readonly origin: Readonly<Record<string, string>>;
}

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 600_000;
/** Errors that no retry mends. */
const FINAL = new Set([
  'AccessDeniedException',
  'AccessDenied',
  'ValidationException',
  'InvalidRequestContentException',
]);

export class Deliveries {
  readonly #fabric: Fabric;
  readonly #label: string;
  readonly #statements;

  /** `label` names the table: `<label>_delivery`. */
  constructor(fabric: Fabric, label: string) {
    this.#fabric = fabric;
    this.#label = label;
    const { db } = fabric;
    db.exec(
      `CREATE TABLE IF NOT EXISTS ${label}_delivery (id INTEGER PRIMARY KEY AUTOINCREMENT, delivery TEXT NOT NULL, firstAt INTEGER NOT NULL, ` +
        'tries INTEGER NOT NULL, due INTEGER NOT NULL) STRICT',
    );
    this.#statements = {
      insert: db.prepare(`INSERT INTO ${label}_delivery (delivery, firstAt, tries, due) VALUES (?, ?, 0, ?)`),
      get: db.prepare(`SELECT * FROM ${label}_delivery WHERE id = ?`),
      all: db.prepare(`SELECT id, due FROM ${label}_delivery ORDER BY due, id`),
      postpone: db.prepare(`UPDATE ${label}_delivery SET tries = ?, due = ? WHERE id = ?`),
      delete: db.prepare(`DELETE FROM ${label}_delivery WHERE id = ?`),
    };
  }

  /** Accepts a delivery inside a turn; it is tried in this turn or the next. */
  accept(delivery: Delivery): void {
    const now = this.#fabric.clock.now();
    const id = Number(this.#statements.insert.run(JSON.stringify(delivery), now, now).lastInsertRowid);
    this.#fabric.turns.defer(() => this.#attempt(id));
  }

  boot(): void {
    for (const { id, due } of this.#statements.all.all())
      this.#fabric.timers.set(Number(due), () => this.#attempt(Number(id)));
  }

  #attempt(id: number): void {
    const row = this.#statements.get.get(id);
    if (!row) return;
    const delivery = JSON.parse(String(row.delivery)) as Delivery;
    const tries = Number(row.tries) + 1;
    const { attemptPlaceholder } = delivery;
    const input =
      attemptPlaceholder === undefined ? delivery.input : delivery.input.replaceAll(attemptPlaceholder, String(tries));
    try {
      const { targetArn: arn, role, deliveryId } = delivery;
      const taken = deliver(this.#fabric, { arn, input, deliveryId, ...(role === undefined ? {} : { role }) });
      // A universal target may answer later; that it was taken is enough.
      if (taken instanceof Promise) taken.catch(() => {});
      this.#statements.delete.run(id);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#failed(id, delivery, Number(row.firstAt), tries, error);
    }
  }

  #failed(id: number, delivery: Delivery, firstAt: number, tries: number, error: AwsError): void {
    // An execution of that name started before: the earlier try was taken.
    if (error.name === 'ExecutionAlreadyExists') {
      this.#statements.delete.run(id);
      return;
    }
    const due = this.#fabric.clock.now() + Math.min(FIRST_RETRY_MS * 2 ** Math.min(tries - 1, 16), LONGEST_RETRY_MS);
    const spent = tries > delivery.maximumRetries || due - firstAt > delivery.maximumAgeMs || FINAL.has(error.name);
    if (!spent) {
      this.#statements.postpone.run(tries, due, id);
      this.#fabric.timers.set(due, () => this.#attempt(id));
      return;
    }
    this.#statements.delete.run(id);
    const { targetArn, deadLetterArn } = delivery;
    this.#fabric.log({
      kind: 'delivery-failed',
      level: 'error',
      from: this.#label,
      target: targetArn,
      tries,
      error: error.name,
      message: error.message,
    });
    if (deadLetterArn !== undefined) this.#bury(delivery, deadLetterArn, tries, error);
  }

  #bury(delivery: Delivery, deadLetterArn: string, tries: number, error: AwsError): void {
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    const told: Record<string, string> = {
      ...delivery.origin,
      TARGET_ARN: delivery.targetArn,
      ERROR_CODE: error.name,
      ERROR_MESSAGE: error.message,
      RETRY_ATTEMPTS: String(tries - 1),
    };
    const MessageAttributes = Object.fromEntries(Object.entries(told).map(([name, value]) => [name, text(value)]));
    const QueueUrl = `https://sqs.${this.#fabric.region}.amazonaws.com/${this.#fabric.accountId}/${deadLetterArn.split(':').at(-1)}`;
    try {
      this.#fabric.call('SQS', 'SendMessage', { QueueUrl, MessageBody: delivery.input, MessageAttributes }, {});
    } catch (failure) {
      if (!(failure instanceof AwsError)) throw failure;
      this.#fabric.log({
        kind: 'dead-letter-failed',
        level: 'error',
        from: this.#label,
        target: deadLetterArn,
        error: failure.name,
      });
    }
  }
}
