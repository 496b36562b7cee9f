// A table's stream: every change in order, kept for 24 hours, in the shape Lambda's event source mapping hands to a function.

import { createHash } from 'node:crypto';
import type { Fabric } from '../service.ts';
import { type Item, itemSize } from './attribute-value.ts';
import { encodedJson, encodeItem } from './codec.ts';
import type { RecordRow, Store } from './store.ts';
import type { StreamViewType, Table } from './table.ts';

const RETENTION_MS = 24 * 3600 * 1000;
/** Records appended between two looks for records too old. */
const TRIM_EVERY = 1000;
/** AWS's sequence numbers are decimal texts of 21 digits or more that sort by length, then text; ours have 21, the first a 1. */
const SEQUENCE_DIGITS = 21;
/** The part of a stream's ARN behind `/stream/`. AWS has the time of its creation there. */
export const STREAM_LABEL = 'local';

export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  /** Present when the service deleted the item because its time to live was over. */
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: 'dynamodb.amazonaws.com' };
  readonly dynamodb: {
    /** Epoch seconds. Images are JSON as in a Lambda event: binary values are base64 texts. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: object;
    readonly NewImage?: object;
    readonly OldImage?: object;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: StreamViewType;
  };
}

/** An item as text and its size in bytes. */
interface Image {
  readonly text: string;
  readonly size: number;
}

export interface Change {
  readonly keys: Item;
  readonly before: Image | undefined;
  readonly after: Image | undefined;
  readonly expired: boolean;
}

export class StreamLog {
  readonly #fabric: Fabric;
  readonly #store: Store;
  readonly #subscribers = new Map<string, Set<() => void>>();
  /** Last sequence number by table. */
  readonly #last = new Map<number, number>();
  /** Tables whose subscribers are to be woken at the end of the turn. */
  readonly #waking = new Set<string>();

  constructor(fabric: Fabric, store: Store) {
    this.#fabric = fabric;
    this.#store = store;
  }

  append(table: Table, { keys, before, after, expired }: Change): void {
    const view = table.stream as StreamViewType;
    const at = this.#fabric.clock.now();
    const seq = (this.#last.get(table.id) ?? this.#store.lastSequence(table.id)) + 1;
    this.#last.set(table.id, seq);
    const shown = {
      before: view.includes('OLD') ? before : undefined,
      after: view.includes('NEW') ? after : undefined,
    };
    this.#store.addRecord(table.id, {
      seq,
      at,
      event: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
      keys: encodeItem(keys),
      before: shown.before?.text ?? null,
      after: shown.after?.text ?? null,
      size: itemSize(keys) + (shown.before?.size ?? 0) + (shown.after?.size ?? 0),
      expired: expired ? 1 : 0,
    });
    if (seq % TRIM_EVERY === 0) this.#store.trimRecords(table.id, at - RETENTION_MS);
    this.#wake(table.name);
  }

  #wake(tableName: string): void {
    if (this.#waking.has(tableName) || !this.#subscribers.has(tableName)) return;
    this.#waking.add(tableName);
    this.#fabric.turns.defer(() => {
      this.#waking.delete(tableName);
      for (const wake of this.#subscribers.get(tableName) ?? []) wake();
    });
  }

  /** @returns a function that ends the subscription */
  subscribe(tableName: string, wake: () => void): () => void {
    const subscribers = this.#subscribers.get(tableName) ?? new Set();
    this.#subscribers.set(tableName, subscribers.add(wake));
    return () => subscribers.delete(wake);
  }

  latest(table: Table): string {
    return sequenceText(this.#store.lastSequence(table.id));
  }

  read(table: Table, after: string | undefined, limit: number): StreamRecord[] {
    const from = sequenceNumber(after);
    // Who reads on after every change mostly finds nothing more: that needs no look at the table.
    if (from >= (this.#last.get(table.id) ?? Number.POSITIVE_INFINITY)) return [];
    return this.#store.records(table.id, from, limit).map((row) => this.#record(table, row));
  }

  /** Its images are read when they are asked for: a filter on keys or on the kind of event does not. */
  #record(table: Table, row: RecordRow): StreamRecord {
    const arn = streamArn(table);
    const dynamodb = {
      ApproximateCreationDateTime: Math.floor(row.at / 1000),
      Keys: encodedJson(row.keys),
      ...(row.after === null ? {} : { NewImage: {} }),
      ...(row.before === null ? {} : { OldImage: {} }),
      SequenceNumber: sequenceText(row.seq),
      SizeBytes: row.size,
      StreamViewType: table.stream ?? 'KEYS_ONLY',
    };
    if (row.after !== null) readLater(dynamodb, 'NewImage', row.after);
    if (row.before !== null) readLater(dynamodb, 'OldImage', row.before);
    return {
      eventID: createHash('md5').update(`${arn} ${row.seq}`).digest('hex'),
      eventName: row.event,
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: this.#fabric.region,
      dynamodb,
      eventSourceARN: arn,
      ...(row.expired === 1 ? { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } } : {}),
    };
  }
}

function readLater(target: object, member: string, text: string): void {
  let image: object | undefined;
  Object.defineProperty(target, member, {
    enumerable: true,
    get: () => {
      image ??= encodedJson(text);
      return image;
    },
  });
}

export function streamArn(table: Table): string {
  return `${table.arn}/stream/${STREAM_LABEL}`;
}

function sequenceText(seq: number): string {
  return `1${String(seq).padStart(SEQUENCE_DIGITS - 1, '0')}`;
}

function sequenceNumber(text: string | undefined): number {
  return text === undefined || text === '' ? 0 : Number(text.slice(1));
}
