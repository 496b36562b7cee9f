// What tools measured in a run, by the hash of tool, version and input; and the build that is at it. The first to write stays:
// a task that is tried again, or a second one that asks the same, gets what was measured.

import type { Json } from '../core/json.ts';
import { buildKey, measurementKey, objects } from './keys.ts';
import { type Bucket, putBytes } from './objects.ts';
import { keepPayload, type Payload, readPayload } from './payload.ts';
import { getRow, type Table, transact } from './table.ts';

export interface RawReport {
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
}

export interface Measurement {
  readonly tool: string;
  readonly by: string;
  readonly value: Json;
  readonly report: RawReport;
}

interface MeasurementRow extends Omit<Measurement, 'value'> {
  readonly value: Payload;
}

export async function getMeasurement(
  table: Table,
  bucket: Bucket,
  runId: string,
  key: string,
): Promise<Measurement | undefined> {
  const row = await getRow<MeasurementRow>(table, measurementKey(runId, key));
  if (row === undefined) return undefined;
  const { tool, by, report } = row;
  return { tool, by, report, value: await readPayload(bucket, row.value) };
}

/** Keeps a measurement and its raw report. A second one under the same key changes nothing. */
export async function keepMeasurement(
  table: Table,
  bucket: Bucket,
  runId: string,
  key: string,
  { tool, by, value, report }: Measurement,
  raw: Uint8Array,
): Promise<void> {
  await putBytes(bucket, objects.evidence(runId, report.sha256), raw, report.mediaType);
  const row: MeasurementRow = { tool, by, report, value: await keepPayload(bucket, runId, value) };
  await transact(table, [once(table, measurementKey(runId, key), { runId, key, ...row })]);
}

export async function getBuildId(table: Table, runId: string, key: string): Promise<string | undefined> {
  return (await getRow<{ build: string }>(table, buildKey(runId, key)))?.build;
}

/** The newest build of this measurement takes the place of one that came to nothing. */
export async function keepBuildId(table: Table, runId: string, key: string, build: string): Promise<void> {
  await transact(table, [{ Put: { TableName: table.name, Item: { ...buildKey(runId, key), runId, build } } }]);
}

const once = (table: Table, key: object, row: object) => ({
  Put: { TableName: table.name, Item: { ...key, ...row }, ConditionExpression: 'attribute_not_exists(pk)' },
});
