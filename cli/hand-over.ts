// Puts what a run made where its user can open it: the dossier and the ledger as files of the run's folder.

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../core/json.ts';
import type { LedgerEntry } from '../core/ledger/entry.ts';
import { readLedger } from '../store/ledger.ts';
import { getText } from '../store/objects.ts';
import type { RunResult } from './result.ts';
import type { Snapshot } from './snapshot.ts';
import type { Stage } from './stage.ts';

export interface HandedOver {
  readonly dossier: RunResult['dossier'];
  /** One canonical ledger entry a line. */
  readonly ledger: string;
}

export async function handOver(stage: Stage, snapshot: Snapshot, dir: string): Promise<HandedOver> {
  mkdirSync(dir, { recursive: true });
  const ledger = join(dir, 'ledger.jsonl');
  writeWhole(ledger, ledgerText(await readLedger(stage.ledger, snapshot.run.runId)));
  const made = snapshot.run.dossier;
  const json = made && (await getText(stage.bucket, made.json));
  const html = made && (await getText(stage.bucket, made.html));
  if (json === undefined || html === undefined) return { dossier: null, ledger };
  const dossier = { json: join(dir, 'dossier.json'), html: join(dir, 'dossier.html') };
  writeWhole(dossier.json, json);
  writeWhole(dossier.html, html);
  return { dossier, ledger };
}

export function ledgerText(entries: readonly LedgerEntry[]): string {
  return entries.map((entry) => `${canonicalJson(entry)}\n`).join('');
}

/** A reader sees the old file or the new one, never half of one. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
}
