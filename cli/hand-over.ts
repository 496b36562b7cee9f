// Puts what a run made where its user can open it: the dossier and the ledger as files of the run's folder.

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { segmentText } from '../core/ledger/seal.ts';
import { objects } from '../store/keys.ts';
import { getBytes, getText } from '../store/objects.ts';
import type { RunRow } from '../store/runs.ts';
import { type HandedProject, handOverProject } from './hand-over-project.ts';
import { LEDGER_FILE, SEALS_FILE, sealsText } from './record-files.ts';
import type { RunResult } from './result.ts';
import { type RunRecord, readRecord } from './run-record.ts';
import type { Snapshot } from './snapshot.ts';
import type { Stage } from './stage.ts';

/** No published file comes near it. */
const MOST_BYTES = 64 * 1024 * 1024;

export interface HandedOver {
  readonly dossier: RunResult['dossier'];
  /** One canonical ledger entry a line. */
  readonly ledger: string;
  /** Null when the run built none. */
  readonly project: HandedProject | null;
}

export async function handOver(stage: Stage, snapshot: Snapshot, dir: string): Promise<HandedOver> {
  const ledger = writeRecord(await readRecord(stage, snapshot.run.runId), dir);
  const project = await handOverProject(stage, snapshot.run.runId, dir);
  const made = snapshot.run.dossier;
  const json = made && (await getText(stage.bucket, made.json));
  const html = made && (await getText(stage.bucket, made.html));
  if (json === undefined || html === undefined) return { dossier: null, ledger, project };
  const dossier = { json: join(dir, 'dossier.json'), html: join(dir, 'dossier.html') };
  writeWhole(dossier.json, json);
  writeWhole(dossier.html, html);
  await writePublished(stage, snapshot.run, dir);
  return { dossier, ledger, project };
}

/** What was published of this dossier: the PDF, the bill of materials, the proof. */
async function writePublished(stage: Stage, { runId, dossier, published }: RunRow, dir: string): Promise<void> {
  if (published === undefined || published.dossier !== dossier?.sha256) return;
  for (const name of Object.keys(published.files)) {
    if (name === 'dossier.json' || name === 'dossier.html') continue;
    const found = await getBytes(stage.bucket, objects.dossier(runId, name), MOST_BYTES);
    if (found?.bytes !== undefined) writeWhole(join(dir, name), found.bytes);
  }
}

/** @returns path of the ledger's file. */
export function writeRecord({ entries, seals }: RunRecord, dir: string): string {
  mkdirSync(dir, { recursive: true });
  const ledger = join(dir, LEDGER_FILE);
  writeWhole(ledger, segmentText(entries));
  writeWhole(join(dir, SEALS_FILE), sealsText(seals));
  return ledger;
}

/** A reader sees the old file or the new one, never half of one. */
function writeWhole(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.part`, content);
  renameSync(`${path}.part`, path);
}
