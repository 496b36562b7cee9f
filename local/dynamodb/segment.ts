// Parallel scans: which rows a segment has, by a hash of the partition key.

import { createHash } from 'node:crypto';
import { validationError } from './errors.ts';
import type { SortKey } from './sort-key.ts';

export interface Segment {
  readonly number: number;
  readonly of: number;
}

/** @throws AwsError ValidationException when Segment and TotalSegments do not go together */
export function segmentOf(input: { Segment?: number; TotalSegments?: number }): Segment | undefined {
  const { Segment, TotalSegments } = input;
  if (Segment === undefined && TotalSegments === undefined) return undefined;
  if (TotalSegments === undefined)
    throw validationError(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  if (Segment === undefined)
    throw validationError(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    );
  if (Segment >= TotalSegments)
    throw validationError(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${Segment} is not less than TotalSegments: ${TotalSegments}`,
    );
  return { number: Segment, of: TotalSegments };
}

export function* inSegment<Row extends { readonly pk: SortKey }>(rows: Iterable<Row>, segment: Segment): Iterable<Row> {
  for (const row of rows)
    if (createHash('md5').update(row.pk).digest().readUInt32BE(0) % segment.of === segment.number) yield row;
}
