// Puts what a run made where its user can open it: the dossier and the ledger as files of the run's folder.

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { segmentText } from '../core/ledger/seal.ts';
import { getText } from '../store/objects.ts';
import { LEDGER_FILE, SEALS_FILE, sealsText } from './record-files.ts';
import type { RunResult } from './result.ts';
import { type RunRecord, readRecord } from './run-record.ts';
import type { Snapshot } from './snapshot.ts';
import type { Stage } from './stage.ts';

export interface HandedOver {
  readonly dossier: RunResult['dossier'];
  /** One canonical ledger entry a line. */
  readonly ledger: string;
}

export async function handOver(stage: Stage, snapshot: Snapshot, dir: string): Promise<HandedOver> {
  const ledger = writeRecord(await readRecord(stage, snapshot.run.runId), dir);
  const made = snapshot.run.dossier;
  const json = made && (await getText(stage.bucket, made.json));
  const html = made && (await getText(stage.bucket, made.html));
  if (json === undefined || html === undefined) return { dossier: null, ledger };
  const dossier = { json: join(dir, 'dossier.json'), html: join(dir, 'dossier.html') };
  writeWhole(dossier.json, json);
  writeWhole(dossier.html, html);
  return { dossier, ledger };
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
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
}
