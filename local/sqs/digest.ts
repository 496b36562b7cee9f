// The MD5 digests SQS returns and the SDK verifies: of the body, and of the message attributes in their binary encoding
// (developer guide, "Calculating the MD5 message digest for message attributes").

import { createHash, hash } from 'node:crypto';

export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

export function bodyDigest(body: string): string {
  return hash('md5', body);
}

export function attributesDigest(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const digest = createHash('md5');
  const piece = (bytes: Uint8Array) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    digest.update(length).update(bytes);
  };
  for (const name of names) {
    const attribute = attributes[name] as MessageAttribute;
    piece(Buffer.from(name));
    piece(Buffer.from(attribute.DataType));
    const binary = attribute.DataType.startsWith('Binary');
    digest.update(Buffer.from([binary ? 2 : 1]));
    piece(binary ? Buffer.from(attribute.BinaryValue ?? []) : Buffer.from(attribute.StringValue ?? ''));
  }
  return digest.digest('hex');
}
