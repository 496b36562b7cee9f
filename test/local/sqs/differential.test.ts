// Random operations on two queues, one the other's dead-letter queue, answered by the service and by fauxqs, an SQS of others.
// Compared is what depends neither on time nor on order: errors, message sets, digests, receive counts, attributes. Messages are
// held for hours or not at all, so nothing comes back by itself while the sequence runs.

import * as client from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { seededRandomness } from '../../../local/world/random.ts';
import { openWorld, type World } from '../../../local/world.ts';
import { START } from '../lambda/lambda-world.ts';

const SEEDS = [21, 22, 23, 24];
const OPERATIONS = 250;
const QUEUES = ['live', 'dead'];
const MOST_RECEIVES = 2;

type Output = Record<string, unknown>;
type Ask = (operation: string, input: object) => Promise<Output>;
interface Sides<T> {
  readonly ours: T;
  readonly theirs: T;
}
interface Shown {
  readonly Body: string;
  readonly ReceiptHandle: string;
  readonly Attributes?: Record<string, string>;
  readonly [member: string]: unknown;
}

let world: World;
let server: FauxqsServer;

beforeAll(async () => {
  world = await openWorld({ clock: { kind: 'virtual', start: START } });
  server = await startFauxqs({ port: 0, logger: false, host: '127.0.0.1' });
});
afterAll(async () => {
  await world.close();
  await server.stop();
});

/** One way to ask: by operation, errors as `{ error: name }`. */
function asker(sdk: typeof client, options: client.SQSClientConfig): Ask {
  const sqs = new sdk.SQSClient({ region: 'us-east-1', maxAttempts: 1, ...options });
  const commands = sdk as unknown as Record<string, new (input: object) => never>;
  return async (operation, input) => {
    const Command = commands[`${operation}Command`];
    if (Command === undefined) throw new Error(`no command ${operation}`);
    try {
      const { $metadata: _, ...output } = (await sqs.send(new Command(input))) as unknown as Output;
      return output;
    } catch (error) {
      return { error: shapeOf((error as Error).name) };
    }
  };
}

/** The SDK names an error of fauxqs by its code in the older query protocol; the service model's shape is compared. */
function shapeOf(code: string): string {
  const name = code.replace('AWS.SimpleQueueService.', '');
  return name === 'NonExistentQueue' ? 'QueueDoesNotExist' : name;
}

/** What fauxqs answers otherwise than AWS documents: its answer put right, or undefined where it is not excused. */
function excuse(operation: string, input: Output, theirs: Output): Output | undefined {
  const malformed = (handle: unknown) => handle === 'nonsense';
  // "ReceiptHandleIsInvalid: the specified receipt handle isn't valid" (API reference); it takes any text for a handle of some message.
  if (
    /^(Delete|ChangeMessage)\w+$/.test(operation) &&
    malformed(input.ReceiptHandle) &&
    theirs.error !== 'MissingParameter'
  )
    return { error: 'ReceiptHandleIsInvalid' };
  if (!/^(Delete|Change)\w+Batch$/.test(operation) || theirs.error !== undefined) return undefined;
  const entries = input.Entries as { Id: string; ReceiptHandle: string }[];
  const bad = entries.filter(({ ReceiptHandle }) => malformed(ReceiptHandle)).map(({ Id }) => Id);
  const all = [
    ...(theirs.Successful as { Id: string }[]),
    ...((theirs.Failed ?? []) as { Id: string; Code: string }[]),
  ];
  const codeOf = (entry: { Id: string; Code?: string }) => {
    if (bad.includes(entry.Id)) return 'ReceiptHandleIsInvalid';
    // In a batch it calls every handle invalid that is not in flight; for one message it says MessageNotInflight, as AWS does.
    return entry.Code === 'ReceiptHandleIsInvalid' ? 'MessageNotInflight' : entry.Code;
  };
  const coded = all.map((entry) => ({ Id: entry.Id, Code: codeOf(entry) }));
  return {
    Successful: coded.filter(({ Code }) => Code === undefined).map(({ Id }) => ({ Id })),
    Failed: coded.filter(({ Code }) => Code !== undefined),
  };
}

/** Without ids, handles, texts of errors, times and what is absent on one side and empty on the other. */
function bare(output: Output): unknown {
  const { Successful, Failed, MessageId: _, QueueUrl: __, ...rest } = output;
  if (Successful === undefined && Failed === undefined) return rest;
  const byId = (entries: unknown) =>
    ((entries ?? []) as Output[]).sort((a, b) => (String(a.Id) < String(b.Id) ? -1 : 1));
  return {
    Successful: byId(Successful).map(({ MessageId: _, ...entry }) => entry),
    Failed: byId(Failed).map(({ Id, Code }) => ({ Id, Code })),
  };
}

/** A received message by what it is, not by which copy of it: the same on both sides. */
function told(
  { Body, MD5OfBody, MD5OfMessageAttributes, MessageAttributes, Attributes }: Shown,
  queue: string,
): unknown {
  const receives = Number(Attributes?.ApproximateReceiveCount);
  return {
    Body,
    MD5OfBody,
    MD5OfMessageAttributes,
    MessageAttributes,
    // It counts the move to the dead-letter queue as one more receive, though nobody received the message.
    receives: queue === 'dead' ? undefined : receives,
  };
}

class Sequence {
  readonly #ask: Sides<Ask>;
  readonly #random;
  readonly #names: Record<string, Sides<string>> = {};
  /** Handles of messages in flight, and of those that were received again since; by queue. */
  #held: (Sides<string> & { queue: string; body: string })[] = [];
  #stale: (Sides<string> & { queue: string; body: string })[] = [];
  #bodies = 0;
  received = 0;
  buried = 0;
  refused = 0;

  constructor(ask: Sides<Ask>, seed: number) {
    this.#ask = ask;
    this.#random = seededRandomness(seed);
  }

  #below(n: number): number {
    return Math.floor(this.#random.next() * n);
  }
  #pick<T>(list: readonly T[]): T {
    return list[this.#below(list.length)] as T;
  }

  async begin(prefix: string): Promise<void> {
    for (const name of [...QUEUES].reverse()) {
      const RedrivePolicy = JSON.stringify({
        deadLetterTargetArn: `arn:aws:sqs:us-east-1:000000000000:${prefix}dead`,
        maxReceiveCount: MOST_RECEIVES,
      });
      const Attributes = { VisibilityTimeout: '40000', ...(name === 'live' ? { RedrivePolicy } : {}) };
      const input = { QueueName: prefix + name, Attributes };
      const [ours, theirs] = await Promise.all([
        this.#ask.ours('CreateQueue', input),
        this.#ask.theirs('CreateQueue', input),
      ]);
      this.#names[name] = { ours: String(ours.QueueUrl), theirs: String(theirs.QueueUrl) };
      const other = { QueueName: prefix + name, Attributes: { VisibilityTimeout: '7' } };
      await this.#both('CreateQueue', () => other);
    }
  }

  /** Asks both and compares what they say. */
  async #both(operation: string, input: (side: 'ours' | 'theirs') => Output): Promise<Sides<Output>> {
    const ours = await this.#ask.ours(operation, input('ours'));
    const theirs = await this.#ask.theirs(operation, input('theirs'));
    if (operation === 'ReceiveMessage' && ours.error === undefined) return { ours, theirs };
    const right = excuse(operation, input('theirs'), theirs) ?? theirs;
    expect({ operation, input: input('ours'), answer: bare(ours) }).toEqual({
      operation,
      input: input('ours'),
      answer: bare(right),
    });
    if (ours.error !== undefined) this.refused += 1;
    return { ours, theirs };
  }
  #on(queue: string, operation: string, input: object): Promise<Sides<Output>> {
    return this.#both(operation, (side) => ({ QueueUrl: this.#names[queue]?.[side], ...input }));
  }

  async step(): Promise<void> {
    const queue = this.#below(5) === 0 ? 'dead' : 'live';
    const draw = this.#below(100);
    if (draw < 25) await this.#on(queue, 'SendMessage', this.#message());
    else if (draw < 37) await this.#on(queue, 'SendMessageBatch', { Entries: this.#entries() });
    else if (draw < 50) await this.#drain(queue);
    else if (draw < 55) await this.#peek(queue);
    else if (draw < 78) await this.#settle();
    else if (draw < 84) await this.#settleMany(queue);
    else if (draw < 91) await this.#attributes(queue);
    else if (draw < 92) await this.#purge(queue);
    else await this.#refused(queue);
  }

  /** No character beyond the basic plane: it refuses them, though #x10000 to #x10FFFF are allowed. */
  #message(): Output {
    this.#bodies += 1;
    const MessageBody = `${this.#bodies} ${this.#pick(['plain', 'ünïcode ✓', '{"a":[1]}', 'two\nlines\t', 'x'.repeat(3000)])}`;
    const all = {
      'a.text': { DataType: 'String', StringValue: this.#pick(['x', 'ü', ' ']) },
      'a.more': { DataType: 'String.custom', StringValue: 'y' },
      number: { DataType: 'Number', StringValue: this.#pick(['0', '-1.5']) },
      bytes: { DataType: 'Binary', BinaryValue: Uint8Array.from([this.#below(256), 0, 255]) },
    };
    const MessageAttributes = Object.fromEntries(Object.entries(all).filter(() => this.#below(3) === 0));
    return {
      MessageBody,
      ...(Object.keys(MessageAttributes).length > 0 ? { MessageAttributes } : {}),
      ...(this.#below(3) === 0 ? { DelaySeconds: 0 } : {}),
    };
  }

  #entries(): Output[] {
    const entries = Array.from(
      { length: 1 + this.#below(10) },
      (_, n) => ({ Id: `e-${n}`, ...this.#message() }) as Output,
    );
    if (this.#below(4) === 0) entries[this.#below(entries.length)] = { Id: 'bell', MessageBody: 'bell \u0007' };
    return entries;
  }

  /** Receives until nothing is visible, in either: which copy comes in which answer is then of no matter. */
  async #drain(queue: string): Promise<void> {
    const input = {
      MaxNumberOfMessages: 1 + this.#below(10),
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
      ...(this.#below(2) === 0 ? { VisibilityTimeout: this.#pick([30_000, 43_200]) } : {}),
    };
    const sides: Sides<Shown[]> = { ours: [], theirs: [] };
    for (const side of ['ours', 'theirs'] as const) {
      for (;;) {
        const answer = await this.#ask[side]('ReceiveMessage', { QueueUrl: this.#names[queue]?.[side], ...input });
        expect(answer.error).toBeUndefined();
        const messages = (answer.Messages ?? []) as Shown[];
        expect(messages.length).toBeLessThanOrEqual(input.MaxNumberOfMessages);
        if (messages.length === 0) break;
        sides[side].push(...messages);
      }
    }
    const { ours, theirs } = this.#sameMessages(queue, sides);
    for (const [n, { Body, ReceiptHandle }] of ours.entries()) {
      this.#held.push({ queue, body: Body, ours: ReceiptHandle, theirs: theirs[n]?.ReceiptHandle as string });
    }
    if (queue === 'dead') this.buried += ours.filter(({ Attributes }) => Attributes?.DeadLetterQueueSourceArn).length;
  }

  #sameMessages(queue: string, sides: Sides<Shown[]>): Sides<Shown[]> {
    const order = (a: Shown, b: Shown) => (a.Body < b.Body ? -1 : 1);
    const { ours, theirs } = { ours: sides.ours.sort(order), theirs: sides.theirs.sort(order) };
    expect(ours.map((message) => told(message, queue))).toEqual(theirs.map((message) => told(message, queue)));
    this.received += ours.length;
    return { ours, theirs };
  }

  /** A receive that holds nothing, and picks attributes by name; where one answer can show all there is. */
  async #peek(queue: string): Promise<void> {
    const { ours } = await this.#on(queue, 'GetQueueAttributes', { AttributeNames: ['ApproximateNumberOfMessages'] });
    const visible = Number((ours.Attributes as Output).ApproximateNumberOfMessages);
    if (visible > 10) return;
    const input = {
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      MessageAttributeNames: this.#pick([['a.*'], ['number', 'none'], ['.*']]),
    };
    const both = await this.#on(queue, 'ReceiveMessage', input);
    const shown = (side: 'ours' | 'theirs') =>
      ((both[side].Messages ?? []) as Shown[]).map(
        // It shows the digest of all attributes beside those picked; AWS that of what it returns, so that it can be verified.
        ({ MD5OfMessageAttributes, ...message }) => message as unknown as Shown,
      );
    this.#sameMessages(queue, { ours: shown('ours'), theirs: shown('theirs') });
    // It makes them visible again only when the next receive looks; its counts would be late until then.
    await this.#drain(queue);
  }

  #take(): (Sides<string> & { queue: string; body: string }) | undefined {
    if (this.#held.length === 0) return undefined;
    return this.#held.splice(this.#below(this.#held.length), 1)[0];
  }

  /** Deletes, gives back or keeps what is held; or tries it with a handle that is out of date. */
  async #settle(): Promise<void> {
    if (this.#stale.length > 0 && this.#below(4) === 0) {
      const old = this.#pick(this.#stale);
      const current = this.#held.some((one) => one.body === old.body);
      // A message given back and not received since: AWS deletes it by its latest handle, fauxqs has forgotten the handle.
      if (!current) return;
      const operation = this.#pick(['DeleteMessage', 'ChangeMessageVisibility']);
      const more = operation === 'DeleteMessage' ? {} : { VisibilityTimeout: 30_000 };
      const { queue } = old;
      await this.#both(operation, (side) => ({
        QueueUrl: this.#names[queue]?.[side],
        ReceiptHandle: old[side],
        ...more,
      }));
      return;
    }
    const one = this.#take();
    if (!one) return;
    const about = (more: object) => (side: 'ours' | 'theirs') => ({
      QueueUrl: this.#names[one.queue]?.[side],
      ReceiptHandle: one[side],
      ...more,
    });
    const draw = this.#below(4);
    if (draw === 0) {
      await this.#both('DeleteMessage', about({}));
      // Again: idempotent. And nothing is left whose visibility could change.
      await this.#both('DeleteMessage', about({}));
      await this.#both('ChangeMessageVisibility', about({ VisibilityTimeout: 0 }));
    } else if (draw === 1) {
      await this.#both('ChangeMessageVisibility', about({ VisibilityTimeout: this.#pick([20_000, 43_200]) }));
      this.#held.push(one);
    } else {
      await this.#both('ChangeMessageVisibility', about({ VisibilityTimeout: 0 }));
      this.#stale.push(one);
    }
  }

  async #settleMany(queue: string): Promise<void> {
    const mine = this.#held.filter((one) => one.queue === queue).slice(0, 1 + this.#below(9));
    const operation = this.#pick(['DeleteMessageBatch', 'ChangeMessageVisibilityBatch']);
    const more = operation === 'DeleteMessageBatch' ? {} : { VisibilityTimeout: 0 };
    const nonsense = { ours: 'nonsense', theirs: 'nonsense' };
    const handles = this.#below(3) === 0 ? [...mine, nonsense] : mine;
    const Entries = (side: 'ours' | 'theirs') =>
      handles.map((one, n) => ({ Id: `n${n}`, ReceiptHandle: one[side], ...more }));
    await this.#both(operation, (side) => ({ QueueUrl: this.#names[queue]?.[side], Entries: Entries(side) }));
    this.#held = this.#held.filter((one) => !mine.includes(one));
    if (operation !== 'DeleteMessageBatch') this.#stale.push(...mine);
  }

  async #attributes(queue: string): Promise<void> {
    const Attributes = { VisibilityTimeout: this.#pick(['35000', '40000', '43200']), MessageRetentionPeriod: '86400' };
    if (this.#below(3) === 0) await this.#on(queue, 'SetQueueAttributes', { Attributes });
    const AttributeNames = [
      'ApproximateNumberOfMessages',
      'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessagesDelayed',
      'DelaySeconds',
      'MaximumMessageSize',
      'MessageRetentionPeriod',
      'QueueArn',
      'ReceiveMessageWaitTimeSeconds',
      'RedrivePolicy',
      'SqsManagedSseEnabled',
      'VisibilityTimeout',
    ];
    await this.#on(queue, 'GetQueueAttributes', { AttributeNames });
  }

  async #purge(queue: string): Promise<void> {
    await this.#on(queue, 'PurgeQueue', {});
    this.#held = this.#held.filter((one) => one.queue !== queue);
    await this.#attributes(queue);
  }

  async #refused(queue: string): Promise<void> {
    const nobody = 'https://sqs.us-east-1.amazonaws.com/000000000000/nobody';
    const [operation, input] = this.#pick<readonly [string, object]>([
      ['SendMessage', { MessageBody: '' }],
      ['SendMessage', { MessageBody: 'bell \u0007' }],
      ['SendMessage', { MessageBody: 'x'.repeat(1_048_577) }],
      ['SendMessage', { MessageBody: 'a', QueueUrl: nobody }],
      ['SendMessageBatch', { Entries: [] }],
      ['SendMessageBatch', { Entries: Array.from({ length: 11 }, (_, n) => ({ Id: `${n}`, MessageBody: 'a' })) }],
      ['SendMessageBatch', { Entries: ['a', 'a'].map((Id) => ({ Id, MessageBody: 'a' })) }],
      ['SendMessageBatch', { Entries: [{ Id: 'a b', MessageBody: 'a' }] }],
      ['SendMessageBatch', { Entries: ['a', 'b'].map((Id) => ({ Id, MessageBody: 'x'.repeat(600_000) })) }],
      ['ReceiveMessage', { MaxNumberOfMessages: 0 }],
      ['ReceiveMessage', { MaxNumberOfMessages: 11 }],
      ['ReceiveMessage', { VisibilityTimeout: 43_201 }],
      ['ReceiveMessage', { WaitTimeSeconds: 21 }],
      ['ReceiveMessage', { QueueUrl: nobody }],
      ['DeleteMessage', { ReceiptHandle: 'nonsense' }],
      ['DeleteMessage', {}],
      ['DeleteMessageBatch', { Entries: [] }],
      ['ChangeMessageVisibility', { ReceiptHandle: 'nonsense', VisibilityTimeout: 1 }],
      ['ChangeMessageVisibility', { ReceiptHandle: 'nonsense' }],
      ['SetQueueAttributes', { Attributes: { VisibilityTimeout: '43201' } }],
      ['SetQueueAttributes', { Attributes: { Nonsense: '1' } }],
      ['GetQueueAttributes', { QueueUrl: nobody, AttributeNames: ['All'] }],
      ['GetQueueUrl', { QueueName: 'nobody' }],
      ['PurgeQueue', { QueueUrl: nobody }],
      ['DeleteQueue', { QueueUrl: nobody }],
    ]);
    const { ours } = await this.#on(queue, operation, input);
    expect({ operation, input, refused: ours.error !== undefined }).toEqual({ operation, input, refused: true });
  }

  async end(): Promise<void> {
    for (const queue of QUEUES) {
      await this.#drain(queue);
      await this.#attributes(queue);
    }
  }
}

it.each(SEEDS)(`answers ${OPERATIONS} random operations as fauxqs does (seed %i)`, async (seed) => {
  const theirs = asker(client, {
    endpoint: `http://127.0.0.1:${server.port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const sequence = new Sequence({ ours: asker(world.sdk('@aws-sdk/client-sqs'), {}), theirs }, seed);
  await sequence.begin(`s${seed}-`);
  for (let n = 0; n < OPERATIONS; n += 1) await sequence.step();
  await sequence.end();
  expect(sequence.received).toBeGreaterThan(100);
  expect(sequence.buried).toBeGreaterThan(0);
  expect(sequence.refused).toBeGreaterThan(10);
});
