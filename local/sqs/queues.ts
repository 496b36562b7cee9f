// The queues there are, with their attributes as SQS names them; numbers are checked against SQS's ranges.

import type { DatabaseSync } from 'node:sqlite';
import { AwsError } from '../service.ts';
import { invalidParameter, missingParameter, noSuchQueue } from './errors.ts';

export interface Queue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** Attribute: default, least, most. Seconds, but MaximumMessageSize in bytes (1 MiB since August 2025). */
const NUMBERS: Readonly<Record<string, readonly [number, number, number]>> = {
  DelaySeconds: [0, 0, 900],
  MaximumMessageSize: [1_048_576, 1024, 1_048_576],
  MessageRetentionPeriod: [345_600, 60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 0, 20],
  VisibilityTimeout: [30, 0, 43_200],
};

const TEXTS = new Set([
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
]);

export class Queues {
  readonly #known = new Map<string, Queue>();
  readonly #place: { readonly region: string; readonly accountId: string };
  readonly #write;
  readonly #erase;

  constructor(db: DatabaseSync, place: { readonly region: string; readonly accountId: string }) {
    this.#place = place;
    db.exec('CREATE TABLE IF NOT EXISTS sqs_queue (name TEXT PRIMARY KEY, queue TEXT NOT NULL) WITHOUT ROWID, STRICT');
    for (const row of db.prepare('SELECT queue FROM sqs_queue ORDER BY name').all()) {
      const queue = JSON.parse(String(row.queue)) as Queue;
      this.#known.set(queue.name, queue);
    }
    this.#write = db.prepare('INSERT OR REPLACE INTO sqs_queue VALUES (?, ?)');
    this.#erase = db.prepare('DELETE FROM sqs_queue WHERE name = ?');
  }

  list(): Queue[] {
    return [...this.#known.values()];
  }

  /** By URL, ARN or name. @throws QueueDoesNotExist */
  find(reference: unknown): Queue {
    if (typeof reference !== 'string' || reference === '') throw missingParameter('QueueUrl');
    const queue = this.#known.get(nameOf(reference));
    if (!queue) throw noSuchQueue();
    return queue;
  }

  create(name: unknown, given: Readonly<Record<string, string>>, now: number): Queue {
    if (typeof name !== 'string') throw missingParameter('QueueName');
    if (name.endsWith('.fifo') || given.FifoQueue === 'true') {
      throw new AwsError('UnsupportedOperation', `FIFO queues are not offered here: ${name}`, 400);
    }
    if (!/^[\w-]{1,80}$/.test(name)) {
      throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
    }
    const { FifoQueue: _, ...rest } = given;
    const attributes = checkAttributes(rest);
    const known = this.#known.get(name);
    if (known) {
      const same = Object.entries(attributes).every(
        ([key, value]) => value === (known.attributes[key] ?? defaultOf(key)),
      );
      if (same) return known;
      throw new AwsError(
        'QueueNameExists',
        'A queue already exists with the same name and a different value for an attribute',
      );
    }
    const { region, accountId } = this.#place;
    const queue: Queue = {
      name,
      url: `https://sqs.${region}.amazonaws.com/${accountId}/${name}`,
      arn: `arn:aws:sqs:${region}:${accountId}:${name}`,
      createdAt: now,
      modifiedAt: now,
      attributes,
    };
    this.#put(queue);
    return queue;
  }

  change(queue: Queue, given: Readonly<Record<string, string>>, now: number): void {
    this.#put({ ...queue, modifiedAt: now, attributes: { ...queue.attributes, ...checkAttributes(given) } });
  }

  delete(queue: Queue): void {
    this.#erase.run(queue.name);
    this.#known.delete(queue.name);
  }

  #put(queue: Queue): void {
    this.#write.run(queue.name, JSON.stringify(queue));
    this.#known.set(queue.name, queue);
  }
}

/** Of a URL, an ARN or a name. */
export function nameOf(reference: string): string {
  return reference.startsWith('arn:') ? (reference.split(':').at(-1) ?? '') : (reference.split('/').at(-1) ?? '');
}

/** Seconds, or bytes for MaximumMessageSize. */
export function numberOf(queue: Queue, attribute: keyof typeof NUMBERS & string): number {
  return Number(queue.attributes[attribute] ?? defaultOf(attribute));
}

export function redriveOf(queue: Queue): RedrivePolicy | undefined {
  const text = queue.attributes.RedrivePolicy;
  if (!text) return undefined;
  const policy = JSON.parse(text) as { deadLetterTargetArn: string; maxReceiveCount: number | string };
  return { deadLetterTargetArn: policy.deadLetterTargetArn, maxReceiveCount: Number(policy.maxReceiveCount) };
}

/** What GetQueueAttributes tells beside the counts. */
export function describeQueue(queue: Queue): Record<string, string> {
  const numbers = Object.fromEntries(Object.keys(NUMBERS).map((name) => [name, defaultOf(name) as string]));
  return {
    ...numbers,
    SqsManagedSseEnabled: 'true',
    ...queue.attributes,
    QueueArn: queue.arn,
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
  };
}

function defaultOf(attribute: string): string | undefined {
  const range = NUMBERS[attribute];
  return range === undefined ? undefined : String(range[0]);
}

function checkAttributes(given: Readonly<Record<string, string>>): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const range = NUMBERS[name];
    if (range) {
      const number = Number(value);
      if (!Number.isInteger(number) || number < range[1] || number > range[2]) {
        throw new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`, 400);
      }
      checked[name] = String(number);
    } else if (TEXTS.has(name)) {
      if (name === 'RedrivePolicy' && value !== '') checkRedrive(value);
      checked[name] = String(value);
    } else throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`, 400);
  }
  return checked;
}

function checkRedrive(text: string): void {
  let policy: { deadLetterTargetArn?: unknown; maxReceiveCount?: unknown };
  try {
    policy = JSON.parse(text) as typeof policy;
  } catch {
    throw new AwsError(
      'InvalidAttributeValue',
      'Invalid value for the parameter RedrivePolicy. Reason: not valid JSON.',
      400,
    );
  }
  const count = Number(policy.maxReceiveCount);
  if (typeof policy.deadLetterTargetArn === 'string' && Number.isInteger(count) && count >= 1 && count <= 1000) return;
  const reason = 'Redrive policy needs deadLetterTargetArn and a maxReceiveCount of 1 to 1000';
  throw new AwsError(
    'InvalidAttributeValue',
    `Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}.`,
    400,
  );
}
