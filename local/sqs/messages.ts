// The messages of all queues, in one table. A message is visible from `visibleAt` on; one that was received and not deleted is in flight
// until then. `holder` is the caller inside this process that received it, who dies with the process.

import type { DatabaseSync } from 'node:sqlite';

export interface Message {
  readonly id: number;
  readonly queue: string;
  readonly messageId: string;
  readonly body: string;
  /** JSON of the message attributes, binary values as base64 in `$binary`. */
  readonly attributes: string | null;
  readonly system: string | null;
  readonly sentAt: number;
  readonly visibleAt: number;
  readonly receives: number;
  readonly firstReceivedAt: number | null;
  /** Token of the latest receive; null before the first. */
  readonly receipt: string | null;
  readonly holder: string | null;
  readonly deadLetterSource: string | null;
}

export interface Counts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

const TABLE =
  'CREATE TABLE IF NOT EXISTS sqs_message (id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, messageId TEXT NOT NULL, body TEXT NOT NULL, ' +
  'attributes TEXT, system TEXT, sentAt INTEGER NOT NULL, visibleAt INTEGER NOT NULL, receives INTEGER NOT NULL, firstReceivedAt INTEGER, receipt TEXT, ' +
  'holder TEXT, deadLetterSource TEXT) STRICT; ' +
  'CREATE INDEX IF NOT EXISTS sqs_message_visible ON sqs_message (queue, visibleAt, id)';

export class Messages {
  readonly #statements;

  constructor(db: DatabaseSync) {
    db.exec(TABLE);
    this.#statements = {
      insert: db.prepare(
        'INSERT INTO sqs_message (queue, messageId, body, attributes, system, sentAt, visibleAt, receives) VALUES (?, ?, ?, ?, ?, ?, ?, 0)',
      ),
      visible: db.prepare(
        'SELECT * FROM sqs_message WHERE queue = ? AND visibleAt <= ? ORDER BY visibleAt, id LIMIT ?',
      ),
      nextVisible: db.prepare(
        'SELECT visibleAt FROM sqs_message WHERE queue = ? AND visibleAt > ? ORDER BY visibleAt LIMIT 1',
      ),
      get: db.prepare('SELECT * FROM sqs_message WHERE id = ?'),
      receive: db.prepare(
        'UPDATE sqs_message SET receives = receives + 1, firstReceivedAt = coalesce(firstReceivedAt, ?), receipt = ?, holder = ?, visibleAt = ? WHERE id = ?',
      ),
      show: db.prepare('UPDATE sqs_message SET visibleAt = ? WHERE id = ?'),
      move: db.prepare(
        'UPDATE sqs_message SET queue = ?, deadLetterSource = ?, visibleAt = ?, receipt = NULL, holder = NULL WHERE id = ?',
      ),
      delete: db.prepare('DELETE FROM sqs_message WHERE id = ?'),
      purge: db.prepare('DELETE FROM sqs_message WHERE queue = ?'),
      expire: db.prepare('DELETE FROM sqs_message WHERE queue = ? AND sentAt <= ?'),
      oldest: db.prepare('SELECT min(sentAt) AS sentAt FROM sqs_message WHERE queue = ?'),
      counts: db.prepare(
        'SELECT sum(visibleAt <= ?) AS visible, sum(visibleAt > ? AND receipt IS NOT NULL) AS inFlight, ' +
          'sum(visibleAt > ? AND receipt IS NULL) AS delayed FROM sqs_message WHERE queue = ?',
      ),
      release: db.prepare(
        'UPDATE sqs_message SET visibleAt = ?, receives = receives - 1, receipt = NULL, holder = NULL WHERE holder IS NOT NULL AND visibleAt > ?',
      ),
    };
  }

  insert(
    message: Pick<Message, 'queue' | 'messageId' | 'body' | 'attributes' | 'system' | 'sentAt' | 'visibleAt'>,
  ): void {
    const { queue, messageId, body, attributes, system, sentAt, visibleAt } = message;
    this.#statements.insert.run(queue, messageId, body, attributes, system, sentAt, visibleAt);
  }

  visible(queue: string, now: number, most: number): Message[] {
    return this.#statements.visible.all(queue, now, most) as unknown as Message[];
  }

  nextVisible(queue: string, now: number): number | undefined {
    const row = this.#statements.nextVisible.get(queue, now);
    return row === undefined ? undefined : Number(row.visibleAt);
  }

  get(id: number): Message | undefined {
    return this.#statements.get.get(id) as unknown as Message | undefined;
  }

  receive(id: number, now: number, receipt: string, holder: string | null, visibleAt: number): void {
    this.#statements.receive.run(now, receipt, holder, visibleAt, id);
  }

  show(id: number, visibleAt: number): void {
    this.#statements.show.run(visibleAt, id);
  }

  /** To a dead-letter queue; the time of sending stays. */
  move(id: number, queue: string, sourceArn: string, now: number): void {
    this.#statements.move.run(queue, sourceArn, now, id);
  }

  delete(id: number): void {
    this.#statements.delete.run(id);
  }

  purge(queue: string): void {
    this.#statements.purge.run(queue);
  }

  /** Drops what was sent at `sentAt` or before: its retention is over. */
  expire(queue: string, sentAt: number): void {
    this.#statements.expire.run(queue, sentAt);
  }

  counts(queue: string, now: number): Counts {
    const row = this.#statements.counts.get(now, now, now, queue) as Record<keyof Counts, number | null> | undefined;
    return { visible: row?.visible ?? 0, inFlight: row?.inFlight ?? 0, delayed: row?.delayed ?? 0 };
  }

  /** Makes what callers inside a dead process held visible; it was not the message that failed, so the receive is not counted. */
  releaseHeld(now: number): void {
    this.#statements.release.run(now, now);
  }
}
