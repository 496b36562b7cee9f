// A message between its form on the wire and its form in the table.

import { AwsError } from '../service.ts';
import { attributesDigest, bodyDigest, type MessageAttribute, type MessageAttributes } from './digest.ts';
import { invalidParameter, missingParameter } from './errors.ts';
import type { Message } from './messages.ts';

export interface SendInput {
  readonly MessageBody?: string;
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: MessageAttributes;
  readonly MessageSystemAttributes?: MessageAttributes;
}

export interface CheckedMessage {
  readonly body: string;
  readonly attributes: string | null;
  readonly system: string | null;
  readonly digests: object;
}

const MOST_ATTRIBUTES = 10;
/** What SQS takes: #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** @throws MissingParameter, InvalidParameterValue, InvalidMessageContents */
export function checkMessage(input: SendInput, longest: number): CheckedMessage {
  const { MessageBody: body, MessageAttributes: attributes = {}, MessageSystemAttributes: system = {} } = input;
  if (typeof body !== 'string' || body === '') throw missingParameter('MessageBody');
  const names = Object.keys(attributes);
  if (names.length > MOST_ATTRIBUTES) {
    throw invalidParameter(
      `Number of message attributes [${names.length}] exceeds the allowed maximum [${MOST_ATTRIBUTES}].`,
    );
  }
  let size = Buffer.byteLength(body);
  for (const name of names) size += sizeOf(name, attributes[name] as MessageAttribute);
  if (size > longest)
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${longest} bytes.`,
    );
  if (FORBIDDEN.test(body))
    throw new AwsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  const ofAttributes = attributesDigest(attributes);
  const ofSystem = attributesDigest(system);
  return {
    body,
    attributes: names.length === 0 ? null : pack(attributes),
    system: Object.keys(system).length === 0 ? null : pack(system),
    digests: {
      MD5OfMessageBody: bodyDigest(body),
      ...(ofAttributes === undefined ? {} : { MD5OfMessageAttributes: ofAttributes }),
      ...(ofSystem === undefined ? {} : { MD5OfMessageSystemAttributes: ofSystem }),
    },
  };
}

export interface WantedAttributes {
  readonly AttributeNames?: string[];
  readonly MessageSystemAttributeNames?: string[];
  readonly MessageAttributeNames?: string[];
}

/** A received message as ReceiveMessage shows it, with the attributes asked for. */
export function showMessage(message: Message, accountId: string, wanted: WantedAttributes): object {
  const handle = Buffer.from(`${message.id}:${message.receipt}`).toString('base64');
  const system = select(systemAttributes(message, accountId), [
    ...(wanted.AttributeNames ?? []),
    ...(wanted.MessageSystemAttributeNames ?? []),
  ]);
  const own = selectOwn(unpack(message.attributes), wanted.MessageAttributeNames ?? []);
  const digest = attributesDigest(own);
  return {
    MessageId: message.messageId,
    ReceiptHandle: handle,
    MD5OfBody: bodyDigest(message.body),
    Body: message.body,
    ...(Object.keys(system).length > 0 ? { Attributes: system } : {}),
    ...(digest === undefined ? {} : { MD5OfMessageAttributes: digest, MessageAttributes: own }),
  };
}

function systemAttributes(message: Message, accountId: string): Record<string, string> {
  const trace = unpack(message.system).AWSTraceHeader?.StringValue;
  return {
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    SentTimestamp: String(message.sentAt),
    SenderId: accountId,
    ...(message.deadLetterSource === null ? {} : { DeadLetterQueueSourceArn: message.deadLetterSource }),
    ...(trace === undefined ? {} : { AWSTraceHeader: trace }),
  };
}

function select<T>(all: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  if (names.includes('All')) return { ...all };
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}

function selectOwn(all: MessageAttributes, names: readonly string[]): Record<string, MessageAttribute> {
  if (names.includes('.*')) return { ...all };
  const prefixes = names.filter((name) => name.endsWith('.*')).map((name) => name.slice(0, -1));
  const picked = Object.entries(all).filter(([name]) => prefixes.some((prefix) => name.startsWith(prefix)));
  return { ...select(all, names), ...Object.fromEntries(picked) };
}

function sizeOf(name: string, attribute: MessageAttribute): number {
  if (!/^(String|Number|Binary)(\..+)?$/.test(attribute.DataType ?? '')) {
    throw invalidParameter(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  if (attribute.StringValue === undefined && attribute.BinaryValue === undefined) {
    throw invalidParameter(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${attribute.DataType}'.`,
    );
  }
  const value =
    attribute.StringValue === undefined
      ? (attribute.BinaryValue?.length ?? 0)
      : Buffer.byteLength(attribute.StringValue);
  return Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType) + value;
}

function pack(attributes: MessageAttributes): string {
  const packed = Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => {
    const binary = BinaryValue === undefined ? {} : { $binary: Buffer.from(BinaryValue).toString('base64') };
    return [name, { DataType, ...(StringValue === undefined ? {} : { StringValue }), ...binary }];
  });
  return JSON.stringify(Object.fromEntries(packed));
}

function unpack(text: string | null): Record<string, MessageAttribute> {
  if (text === null) return {};
  const packed = JSON.parse(text) as Record<string, MessageAttribute & { readonly $binary?: string }>;
  const entries = Object.entries(packed).map(([name, { $binary, ...rest }]) => {
    return [name, $binary === undefined ? rest : { ...rest, BinaryValue: Buffer.from($binary, 'base64') }] as const;
  });
  return Object.fromEntries(entries);
}
