// What tools measured in a run, by the hash of tool, version and input; and the build that is at it. The first to write stays:
// a task that is tried again, or a second one that asks the same, gets what was measured.

import { IdeaMineError } from '../core/errors.ts';
import { type Json, sha256 } from '../core/json.ts';
import { buildKey, measurementKey, objects, partition } from './keys.ts';
import { type Bucket, getText, putBytes } from './objects.ts';
import { keepPayload, type Payload, readPayload } from './payload.ts';
import { getRow, queryRows, type Table, transact } from './table.ts';

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

/** Every measurement of a run, by key. */
export async function listMeasurements(
  table: Table,
  bucket: Bucket,
  runId: string,
): Promise<(Measurement & { readonly key: string })[]> {
  const rows = await queryRows<MeasurementRow & { key: string }>(table, partition(runId), measurementKey(runId, '').sk);
  return Promise.all(
    rows.map(async ({ key, tool, by, report, value }) => ({
      key,
      tool,
      by,
      report,
      value: await readPayload(bucket, value),
    })),
  );
}

/** The raw report as text. @throws IdeaMineError `IdeaMine.Corrupt` when it is gone or not what was kept. */
export async function readReport(bucket: Bucket, runId: string, report: RawReport): Promise<string> {
  const text = await getText(bucket, objects.evidence(runId, report.sha256));
  if (text !== undefined && sha256(text) === report.sha256) return text;
  throw new IdeaMineError(
    'IdeaMine.Corrupt',
    `raw report ${report.sha256} is ${text === undefined ? 'gone' : 'another'}`,
  );
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
