// Measurements as files: what the tools of a run gave, one file each, named by tool, version and input. A later run or a
// rehearsal that replays them gets the same figures for the same code, marked as replayed, and none for other code.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Json, sha256 } from '../core/json.ts';
import { keepMeasurement, listMeasurements, readReport } from '../store/measurements.ts';
import { UsageError } from './exit.ts';
import type { Stage } from './stage.ts';

const recordSchema = z.strictObject({
  key: z.string().regex(/^[0-9a-f]{64}$/),
  tool: z.string().min(1),
  by: z.string().min(1),
  value: z.json(),
  report: z.strictObject({ mediaType: z.string().min(1), text: z.string() }),
});

const REPLAYED = ' (replayed)';

/** Writes each measurement that was made in a run, not replayed, to a file of the folder. */
export async function recordMeasurements(stage: Stage, runId: string, dir: string): Promise<void> {
  const made = (await listMeasurements(stage.table, stage.bucket, runId)).filter(({ by }) => !by.endsWith(REPLAYED));
  if (made.length > 0) mkdirSync(dir, { recursive: true });
  for (const { key, tool, by, value, report } of made) {
    const text = await readReport(stage.bucket, runId, report);
    const record: z.infer<typeof recordSchema> = {
      key,
      tool,
      by,
      value: value as never,
      report: { mediaType: report.mediaType, text },
    };
    writeFileSync(join(dir, `${tool}-${key.slice(0, 16)}.json`), `${JSON.stringify(record, null, 1)}\n`);
  }
}

/**
 * Gives a run that is about to start every measurement of a folder; those of other code are never asked for.
 * @throws UsageError naming a file that is no record.
 */
export async function replayMeasurements(stage: Stage, runId: string, dir: string): Promise<void> {
  if (!existsSync(dir)) throw new UsageError(`--replay-measurements: there is no folder ${dir}`);
  for (const name of readdirSync(dir)
    .filter((file) => file.endsWith('.json'))
    .sort()) {
    const { key, tool, by, value, report } = readRecord(join(dir, name));
    const raw = new TextEncoder().encode(report.text);
    const about = { sha256: sha256(raw), bytes: raw.byteLength, mediaType: report.mediaType };
    const measurement = { tool, by: `${by}${REPLAYED}`, value: value as Json, report: about };
    await keepMeasurement(stage.table, stage.bucket, runId, key, measurement, raw);
  }
}

function readRecord(file: string): z.infer<typeof recordSchema> {
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file}: found ${(error as Error).message}, expected the record of a measurement`);
  }
  const record = recordSchema.safeParse(found);
  if (record.success) return record.data;
  const issue = record.error.issues[0];
  throw new UsageError(
    `${file}: field ${issue?.path.join('.')}: ${issue?.message}; expected the record of a measurement`,
  );
}
