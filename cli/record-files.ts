// The files a run's record is handed over in, written and read: ledger.jsonl, one canonical entry a line, and seals.jsonl beside it.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canonicalJson } from '../core/json.ts';
import type { LedgerEntry } from '../core/ledger/entry.ts';
import type { Seal } from '../core/ledger/seal.ts';
import { UsageError } from './exit.ts';
import { readUserFile } from './files.ts';

export const LEDGER_FILE = 'ledger.jsonl';
export const SEALS_FILE = 'seals.jsonl';
const SEAL_FORMAT = 'ideamine.seal/1';

export const sealsText = (seals: readonly Seal[]): string => seals.map((seal) => `${canonicalJson(seal)}\n`).join('');

/** @throws UsageError naming the line that is not a ledger entry. */
export function readLedgerFile(path: string): LedgerEntry[] {
  return readLines(path, 'ledger, one entry a line', 'a ledger entry with seq and hash', (value) =>
    'hash' in value && 'seq' in value ? (value as LedgerEntry) : undefined,
  );
}

/** The seals beside a ledger file; none when there is no such file. @throws UsageError naming the line that is not a seal. */
export function readSealsBeside(ledger: string): Seal[] {
  const path = join(dirname(ledger), SEALS_FILE);
  if (!existsSync(path)) return [];
  return readLines(path, 'seals, one a line', `a seal of format ${SEAL_FORMAT}`, (value, where) => {
    const { format } = ('statement' in value ? value.statement : {}) as { format?: unknown };
    if (typeof format === 'string' && format !== SEAL_FORMAT) {
      throw new UsageError(`${where}: found a seal of format ${format}, this version reads ${SEAL_FORMAT}`);
    }
    return format === SEAL_FORMAT ? (value as Seal) : undefined;
  });
}

function readLines<T>(
  path: string,
  what: string,
  expected: string,
  read: (value: object, where: string) => T | undefined,
): T[] {
  const text = new TextDecoder().decode(readUserFile(path, what));
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, index) => {
    const where = `${path}:${index + 1}`;
    const value = parse(line, where, expected);
    const found = typeof value === 'object' && value !== null ? read(value, where) : undefined;
    if (found === undefined) throw new UsageError(`${where}: found ${line.slice(0, 40)}, expected ${expected}`);
    return found;
  });
}

function parse(line: string, where: string, expected: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new UsageError(`${where}: found text that is not JSON, expected ${expected}`);
  }
}
