// The SDK's own serialisers and deserialisers, used from the other side of the wire.

import { JsonCodec2, XmlCodec } from '@aws-sdk/core/protocols';
import { FromStringShapeDeserializer, ToStringShapeSerializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';

/** Numbers of the SDK's timestamp formats. */
const DATE_TIME = 5;
const EPOCH_SECONDS = 7;

const context = {
  base64Decoder: (text: string) => new Uint8Array(Buffer.from(text, 'base64')),
  base64Encoder: (bytes: Uint8Array | string) => Buffer.from(bytes as never).toString('base64'),
  utf8Encoder: (bytes: Uint8Array | string) =>
    typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8'),
  utf8Decoder: (text: string) => new Uint8Array(Buffer.from(text, 'utf8')),
};

interface Contextual {
  setSerdeContext(context: never): void;
}

function withContext<T extends Contextual>(codec: T): T {
  codec.setSerdeContext(context as never);
  return codec;
}

export interface BodyCodec {
  read(schema: NormalizedSchema, body: Buffer): Promise<unknown>;
  write(schema: NormalizedSchema, value: unknown): Buffer;
}

interface Codec {
  createDeserializer(): { read(schema: never, data: never): unknown };
  createSerializer(): { write(schema: never, value: unknown): void; flush(): unknown };
}

function bodyCodec(codec: Codec): BodyCodec {
  return {
    read: async (schema, body) => codec.createDeserializer().read(schema as never, body as never),
    write: (schema, value) => {
      const serializer = codec.createSerializer();
      serializer.write(schema as never, value);
      const flushed = serializer.flush();
      if (typeof flushed === 'string') return Buffer.from(flushed);
      // The bytes themselves: the serialiser's array warns when it is asked for anything but them.
      const bytes = (flushed as Uint8Array | undefined) ?? new Uint8Array();
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
  };
}

const epoch = { useTrait: true, default: EPOCH_SECONDS } as never;
const iso = { useTrait: true, default: DATE_TIME } as never;

export const jsonRpc = bodyCodec(withContext(new JsonCodec2({ timestampFormat: epoch, jsonName: false })));
export const restJson = bodyCodec(
  withContext(new JsonCodec2({ timestampFormat: epoch, jsonName: true, httpBindings: true } as never)),
);

export function restXml(xmlNamespace: string | undefined): BodyCodec {
  return bodyCodec(
    withContext(
      new XmlCodec({ timestampFormat: iso, httpBindings: true, xmlNamespace, serviceNamespace: '' } as never),
    ),
  );
}

const fromText = withContext(new FromStringShapeDeserializer({ timestampFormat: iso, httpBindings: true } as never));

/** A value in a header, a label or the query. */
export function readText(schema: NormalizedSchema, text: string): unknown {
  return fromText.read(schema as never, text);
}

export function writeText(schema: NormalizedSchema, value: unknown): string {
  const serializer = withContext(new ToStringShapeSerializer({ timestampFormat: iso, httpBindings: true } as never));
  serializer.write(schema as never, value);
  return String(serializer.flush());
}
