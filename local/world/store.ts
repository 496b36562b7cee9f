// Opens the one SQLite file of a world and keeps it for this process alone. The lock is SQLite's own exclusive lock, which the
// kernel drops when the process dies, however it dies; the note beside the file only says whose it is.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

export type Synchronous = 'full' | 'normal' | 'off';

export interface Store {
  readonly db: DatabaseSync;
  readonly durable: boolean;
  close(): void;
}

/** `file`: a path, or ':memory:'. Throws a plain Error when another process (or another world of this one) holds the file. */
export function openStore(file: string, synchronous: Synchronous): Store {
  if (file === ':memory:') {
    const db = new DatabaseSync(':memory:');
    db.exec('PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY');
    return { db, durable: false, close: () => db.close() };
  }
  const db = new DatabaseSync(file);
  const owner = `${file}.owner`;
  try {
    db.exec('PRAGMA busy_timeout=0; PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL');
    db.exec(`PRAGMA synchronous=${synchronous.toUpperCase()}; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536`);
    // The lock is taken by the first write, so make one.
    db.exec(
      'BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS world (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID, STRICT; COMMIT',
    );
  } catch (error) {
    db.close();
    if (isBusy(error)) throw new Error(`${file} is in use by ${nameOwner(owner)}`, { cause: error });
    throw new Error(`${file} cannot be opened as a store: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  writeFileSync(owner, String(process.pid));
  return {
    db,
    durable: true,
    close: () => {
      rmSync(owner, { force: true });
      db.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === 'number' && ((code & 0xff) === 5 || (code & 0xff) === 6);
}

function nameOwner(owner: string): string {
  try {
    const pid = Number(readFileSync(owner, 'utf8'));
    if (Number.isInteger(pid) && pid > 0) return `process ${pid}`;
  } catch {
    // No note: it was refused between the lock and the note.
  }
  return 'another process';
}
