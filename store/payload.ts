// Claim check: JSON over the limit goes to the bucket, and the row keeps a reference to it.

import { IdeaMineError } from '../core/errors.ts';
import { canonicalJson, type Json, sha256 } from '../core/json.ts';
import type { ArtifactRef } from './artifacts.ts';
import { objects } from './keys.ts';
import { type Bucket, getText, putText } from './objects.ts';

/** Bytes of JSON that stay in a row (spec §2: 200 KiB). */
const INLINE_BYTES = 200 * 1024;

export type Payload = { readonly inline: string } | { readonly key: string; readonly sha256: string };

export async function keepPayload(bucket: Bucket, runId: string, value: Json): Promise<Payload> {
  const text = canonicalJson(value);
  if (Buffer.byteLength(text) <= INLINE_BYTES) return { inline: text };
  const hash = sha256(text);
  const key = objects.payload(runId, hash);
  await putText(bucket, key, text, 'application/json');
  return { key, sha256: hash };
}

/** @throws IdeaMineError `IdeaMine.Corrupt` when the object is gone or is not what was kept. */
export async function readPayload(bucket: Bucket, payload: Payload): Promise<Json> {
  if ('inline' in payload) return JSON.parse(payload.inline) as Json;
  const text = await getText(bucket, payload.key);
  if (text === undefined || sha256(text) !== payload.sha256) {
    throw new IdeaMineError(
      'IdeaMine.Corrupt',
      `${payload.key} is ${text === undefined ? 'gone' : 'not what was kept'}`,
    );
  }
  return JSON.parse(text) as Json;
}

/** JSON that always goes to the bucket, by the hash of its bytes. */
export async function putObject(bucket: Bucket, runId: string, value: Json): Promise<ArtifactRef> {
  const text = canonicalJson(value);
  const hash = sha256(text);
  await putText(bucket, objects.payload(runId, hash), text, 'application/json');
  return { sha256: hash, bytes: Buffer.byteLength(text) };
}

/** @throws IdeaMineError `IdeaMine.Corrupt` when the object is gone or is not what was kept. */
export function getObject(bucket: Bucket, runId: string, ref: ArtifactRef): Promise<Json> {
  return readPayload(bucket, { key: objects.payload(runId, ref.sha256), sha256: ref.sha256 });
}
