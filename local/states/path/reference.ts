// Reference paths: where ResultPath puts a result. The input is never changed; the touched members are copied.

import { StateFailure } from '../failure.ts';
import { isObject, type Json, type JsonObject, put } from '../json.ts';
import type { Path, Segment } from './parse.ts';

/** Whether a path may be used as a reference: names and non-negative indices only. */
export function isReference(path: Path): boolean {
  return path.segments.every((s) => s.kind === 'name' || (s.kind === 'index' && s.index >= 0));
}

/** @throws StateFailure States.ResultPathMatchFailure when the place cannot be made in the input */
export function place(path: Path, input: Json, result: Json): Json {
  if (path.segments.length === 0) return result;
  try {
    return set(path.segments, 0, input, result);
  } catch (cause) {
    if (!(cause instanceof NoPlace)) throw cause;
    throw new StateFailure(
      'States.ResultPathMatchFailure',
      `Unable to apply step "${cause.message}" to input ${JSON.stringify(input)}`,
    );
  }
}

class NoPlace extends Error {}

function set(segments: readonly Segment[], at: number, target: Json | undefined, result: Json): Json {
  const segment = segments[at];
  if (!segment) return result;
  if (segment.kind === 'name') {
    if (target !== undefined && !isObject(target)) throw new NoPlace(segment.name);
    const copy: JsonObject = { ...target };
    put(copy, segment.name, set(segments, at + 1, copy[segment.name], result));
    return copy;
  }
  if (segment.kind === 'index') {
    if (!Array.isArray(target) || segment.index >= target.length) throw new NoPlace(String(segment.index));
    const copy = [...target];
    copy[segment.index] = set(segments, at + 1, copy[segment.index], result);
    return copy;
  }
  throw new NoPlace(segment.kind);
}
