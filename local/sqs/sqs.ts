// The SQS service: standard queues with visibility timeout, delay, long polling, receive counts and dead-letter queues.
// Order is the order of becoming visible; callers must not rely on it, as on AWS.

import { AwsError, type CallContext, type Fabric, type Operation, type Service } from '../service.ts';
import { batched } from './batch.ts';
import { badReceipt, invalidParameter, missingParameter } from './errors.ts';
import { checkMessage, type SendInput, showMessage } from './message-format.ts';
import { type Message, Messages } from './messages.ts';
import { describeQueue, nameOf, numberOf, type Queue, Queues, redriveOf } from './queues.ts';
import { Waiting } from './waiting.ts';

export interface Sqs extends Service {
  /** Calls `listener`, in a turn, whenever a message of the queue (by ARN) may have become visible. */
  watch(queueArn: string, listener: () => void): void;
}

interface ReceiveInput {
  readonly QueueUrl?: string;
  readonly MaxNumberOfMessages?: number;
  readonly VisibilityTimeout?: number;
  readonly WaitTimeSeconds?: number;
  readonly AttributeNames?: string[];
  readonly MessageSystemAttributeNames?: string[];
  readonly MessageAttributeNames?: string[];
}

const LONGEST_VISIBILITY_SECONDS = 43_200;

export function createSqs(fabric: Fabric): Sqs {
  const queues = new Queues(fabric.db, fabric);
  const messages = new Messages(fabric.db);
  const now = () => fabric.clock.now();
  const waiting = new Waiting(fabric, (name) => messages.nextVisible(name, now()));

  const send = (queue: Queue, input: SendInput) => {
    const checked = checkMessage(input, numberOf(queue, 'MaximumMessageSize'));
    const delay = between('DelaySeconds', input.DelaySeconds ?? numberOf(queue, 'DelaySeconds'), 0, 900);
    const messageId = fabric.random.uuid();
    const { body, attributes, system } = checked;
    messages.insert({
      queue: queue.name,
      messageId,
      body,
      attributes,
      system,
      sentAt: now(),
      visibleAt: now() + delay * 1000,
    });
    waiting.changed(queue.name, delay === 0);
    return { MessageId: messageId, ...checked.digests };
  };

  /** Takes what is visible, moving to the dead-letter queue what was received too often. */
  const take = (queue: Queue, input: ReceiveInput, context: CallContext): object[] => {
    const most = input.MaxNumberOfMessages ?? 1;
    const seconds = input.VisibilityTimeout ?? numberOf(queue, 'VisibilityTimeout');
    const at = now();
    messages.expire(queue.name, at - numberOf(queue, 'MessageRetentionPeriod') * 1000);
    const redrive = redriveOf(queue);
    const taken: object[] = [];
    for (;;) {
      const found = messages.visible(queue.name, at, most - taken.length);
      if (found.length === 0) break;
      for (const message of found) {
        if (redrive && message.receives >= redrive.maxReceiveCount) bury(message, queue, redrive.deadLetterTargetArn);
        else taken.push(receive(message, seconds, input, context));
      }
      // With a visibility timeout of nothing the same ones would be found again.
      if (taken.length >= most || seconds === 0) break;
    }
    if (taken.length > 0) waiting.changed(queue.name, false);
    return taken;
  };
  const receive = (message: Message, seconds: number, input: ReceiveInput, context: CallContext): object => {
    const receipt = fabric.random.token(24);
    messages.receive(message.id, now(), receipt, context.environment ?? null, now() + seconds * 1000);
    const received = {
      ...message,
      receives: message.receives + 1,
      firstReceivedAt: message.firstReceivedAt ?? now(),
      receipt,
    };
    return showMessage(received, fabric.accountId, input);
  };
  const bury = (message: Message, queue: Queue, targetArn: string) => {
    const target = queues.find(targetArn);
    messages.move(message.id, target.name, queue.arn, now());
    fabric.log({
      kind: 'dead-letter',
      level: 'warn',
      queue: queue.name,
      target: target.name,
      messageId: message.messageId,
    });
    waiting.changed(target.name, true);
  };

  /** The message a receipt handle is for, or undefined when it is gone or was received again since. */
  const held = (queue: Queue, handle: unknown): Message | undefined => {
    if (typeof handle !== 'string' || handle === '') throw missingParameter('ReceiptHandle');
    const [id, receipt] = Buffer.from(handle, 'base64').toString().split(':');
    if (!receipt || !/^\d+$/.test(id ?? '')) throw badReceipt(handle);
    const message = messages.get(Number(id));
    return message?.queue === queue.name && message.receipt === receipt ? message : undefined;
  };
  const remove = (queue: Queue, handle: unknown) => {
    const message = held(queue, handle);
    if (message) messages.delete(message.id);
    return {};
  };
  const changeVisibility = (queue: Queue, input: { ReceiptHandle?: string; VisibilityTimeout?: number }) => {
    if (input.VisibilityTimeout === undefined) throw missingParameter('VisibilityTimeout');
    const seconds = between('VisibilityTimeout', input.VisibilityTimeout, 0, LONGEST_VISIBILITY_SECONDS);
    const message = held(queue, input.ReceiptHandle);
    if (!message || message.visibleAt <= now()) {
      const reason = 'Message does not exist or is not available for visibility timeout change.';
      throw new AwsError(
        'MessageNotInflight',
        `Value ${input.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: ${reason}`,
        400,
      );
    }
    messages.show(message.id, now() + seconds * 1000);
    waiting.changed(queue.name, seconds === 0);
    return {};
  };

  const operations: Record<string, Operation> = {
    CreateQueue: (input) => ({ QueueUrl: queues.create(input.QueueName, input.Attributes ?? {}, now()).url }),
    DeleteQueue: (input) => {
      const queue = queues.find(input.QueueUrl);
      messages.purge(queue.name);
      queues.delete(queue);
      return {};
    },
    GetQueueUrl: (input) => {
      if (input.QueueName === undefined) throw missingParameter('QueueName');
      return { QueueUrl: queues.find(input.QueueName).url };
    },
    ListQueues: (input) => {
      const prefix = input.QueueNamePrefix ?? '';
      return {
        QueueUrls: queues
          .list()
          .filter((queue) => queue.name.startsWith(prefix))
          .map((queue) => queue.url),
      };
    },
    ListDeadLetterSourceQueues: (input) => {
      const { arn } = queues.find(input.QueueUrl);
      const sources = queues.list().filter((queue) => redriveOf(queue)?.deadLetterTargetArn === arn);
      return { queueUrls: sources.map((queue) => queue.url) };
    },
    SetQueueAttributes: (input) => {
      queues.change(queues.find(input.QueueUrl), input.Attributes ?? {}, now());
      return {};
    },
    GetQueueAttributes: (input) => {
      const queue = queues.find(input.QueueUrl);
      messages.expire(queue.name, now() - numberOf(queue, 'MessageRetentionPeriod') * 1000);
      const { visible, inFlight, delayed } = messages.counts(queue.name, now());
      const all: Record<string, string> = {
        ...describeQueue(queue),
        ApproximateNumberOfMessages: String(visible),
        ApproximateNumberOfMessagesNotVisible: String(inFlight),
        ApproximateNumberOfMessagesDelayed: String(delayed),
      };
      const names: string[] = input.AttributeNames ?? [];
      if (names.includes('All')) return { Attributes: all };
      return {
        Attributes: Object.fromEntries(
          names.filter((name) => all[name] !== undefined).map((name) => [name, all[name]]),
        ),
      };
    },
    PurgeQueue: (input) => {
      messages.purge(queues.find(input.QueueUrl).name);
      return {};
    },
    SendMessage: (input) => send(queues.find(input.QueueUrl), input),
    SendMessageBatch: (input) => {
      const queue = queues.find(input.QueueUrl);
      const total = (input.Entries ?? []).reduce(
        (sum: number, entry: SendInput) => sum + Buffer.byteLength(entry.MessageBody ?? ''),
        0,
      );
      if (total > numberOf(queue, 'MaximumMessageSize')) {
        throw new AwsError(
          'BatchRequestTooLong',
          `Batch requests cannot be longer than ${numberOf(queue, 'MaximumMessageSize')} bytes. You have sent ${total} bytes.`,
        );
      }
      return batched(input.Entries, (entry: SendInput) => send(queue, entry));
    },
    ReceiveMessage: (input: ReceiveInput, context) => {
      const queue = queues.find(input.QueueUrl);
      if (input.MaxNumberOfMessages !== undefined) between('MaxNumberOfMessages', input.MaxNumberOfMessages, 1, 10);
      if (input.VisibilityTimeout !== undefined)
        between('VisibilityTimeout', input.VisibilityTimeout, 0, LONGEST_VISIBILITY_SECONDS);
      const seconds = between(
        'WaitTimeSeconds',
        input.WaitTimeSeconds ?? numberOf(queue, 'ReceiveMessageWaitTimeSeconds'),
        0,
        20,
      );
      const found = take(queue, input, context);
      if (found.length > 0) return { Messages: found };
      if (seconds === 0) return {};
      return waiting.poll(queue.name, now() + seconds * 1000, () => {
        const late = take(queue, input, context);
        return late.length > 0 ? { Messages: late } : undefined;
      });
    },
    DeleteMessage: (input) => remove(queues.find(input.QueueUrl), input.ReceiptHandle),
    DeleteMessageBatch: (input) => {
      const queue = queues.find(input.QueueUrl);
      return batched(input.Entries, (entry: { ReceiptHandle?: string }) => remove(queue, entry.ReceiptHandle));
    },
    ChangeMessageVisibility: (input) => changeVisibility(queues.find(input.QueueUrl), input),
    ChangeMessageVisibilityBatch: (input) => {
      const queue = queues.find(input.QueueUrl);
      return batched(input.Entries, (entry: { ReceiptHandle?: string; VisibilityTimeout?: number }) =>
        changeVisibility(queue, entry),
      );
    },
  };
  return {
    name: 'SQS',
    operations,
    watch: (queueArn, listener) => waiting.watch(nameOf(queueArn), listener),
    boot: () => {
      messages.releaseHeld(now());
      for (const queue of queues.list()) waiting.changed(queue.name, true);
    },
  };
}

function between(name: string, value: unknown, least: number, most: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw invalidParameter(
    `Value ${String(value)} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}
