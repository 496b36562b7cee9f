// Conditional requests: If-Match and If-None-Match against an object's entity tag.

import { AwsError } from '../service.ts';
import { noSuchKey, notModified, preconditionFailed, unsupported } from './errors.ts';
import type { VersionRow } from './store.ts';

interface Conditions {
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
}

/** @throws AwsError when a write must not happen: PreconditionFailed (412), NoSuchKey for IfMatch without an object */
export function checkWrite(input: Conditions, key: string, current: VersionRow | undefined): void {
  const there = current !== undefined && current.deleted === 0 ? current : undefined;
  if (input.IfNoneMatch !== undefined) {
    if (input.IfNoneMatch !== '*')
      throw unsupported(`IfNoneMatch other than * on a write (found ${input.IfNoneMatch})`);
    if (there !== undefined) throw preconditionFailed('If-None-Match');
  }
  if (input.IfMatch === undefined) return;
  if (there === undefined) throw noSuchKey(key);
  if (!matches(input.IfMatch, there.etag)) throw preconditionFailed('If-Match');
}

/** @throws AwsError PreconditionFailed (412), or 304 when a reader already has the object */
export function checkRead(input: Conditions, found: VersionRow): void {
  if (input.IfMatch !== undefined && !matches(input.IfMatch, found.etag)) throw preconditionFailed('If-Match');
  if (input.IfNoneMatch !== undefined && matches(input.IfNoneMatch, found.etag)) throw notModified();
}

function matches(given: string, etag: string): boolean {
  return given === '*' || given.replaceAll('"', '') === etag;
}

/** Part of a body asked for with `Range: bytes=...`; undefined means the whole. */
export function rangeOf(text: string | undefined, size: number): { start: number; end: number } | undefined {
  if (text === undefined) return undefined;
  const parts = /^bytes=(\d*)-(\d*)$/.exec(text.trim());
  if (parts === null || (parts[1] === '' && parts[2] === '')) return undefined;
  const [, from, to] = parts;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size : Math.min(size, Number(to) + 1);
  if (start < end) return { start, end };
  throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416, {
    RangeRequested: text,
    ActualObjectSize: String(size),
  });
}
