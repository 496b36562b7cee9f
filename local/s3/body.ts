// A request's body as bytes. Streams cannot be read inside a turn: whoever takes a call from outside collects them first.

import { unsupported } from './errors.ts';

export function bytesOf(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  throw unsupported(
    `a Body of type ${(body as object).constructor?.name ?? typeof body}; collect streams before the call`,
  );
}
