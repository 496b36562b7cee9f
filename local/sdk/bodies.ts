// Payloads on their way in and out of the SDK: streams are read whole before the call, and replies get the SDK's own helpers
// (transformToString and the like).

import { Readable } from 'node:stream';
import { sdkStreamMixin, Uint8ArrayBlobAdapter } from '@smithy/core/serde';

const STREAMED_INPUT = 'Body';

export function needsReading(input: Readonly<Record<string, unknown>>): boolean {
  const body = input[STREAMED_INPUT];
  return typeof body === 'object' && body !== null && !ArrayBuffer.isView(body) && Symbol.asyncIterator in body;
}

/** The same input with its streamed body read into one Buffer. */
export async function readBody(input: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const parts: Uint8Array[] = [];
  for await (const part of input[STREAMED_INPUT] as AsyncIterable<Uint8Array | string>) parts.push(Buffer.from(part));
  return { ...input, [STREAMED_INPUT]: Buffer.concat(parts) };
}

/** Wraps the raw bytes of a reply as the SDK's deserialiser would. */
export function dressOutput(service: string, operation: string, output: Readonly<Record<string, unknown>>): object {
  if (service === 'S3' && operation === 'GetObject') {
    const bytes = Buffer.from((output.Body as Uint8Array | undefined) ?? []);
    return { ...output, Body: sdkStreamMixin(Readable.from([bytes], { objectMode: false })) };
  }
  if (service === 'Lambda' && operation === 'Invoke' && output.Payload !== undefined) {
    const bytes = Uint8Array.from(output.Payload as Uint8Array);
    return { ...output, Payload: Uint8ArrayBlobAdapter.mutate(bytes) };
  }
  return output;
}
