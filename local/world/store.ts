// Opens the one SQLite file of a world and keeps it for this process alone; others may look. The lock is SQLite's own, on a file
// beside the store, which the kernel drops when the process dies, however it dies; the note beside it only says whose it is.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncOptions } from 'node:sqlite';

export type Synchronous = 'full' | 'normal' | 'off';

export interface Store {
  readonly db: DatabaseSync;
  readonly durable: boolean;
  /** Nothing can be written. */
  readonly reading: boolean;
  close(): void;
}

/** `file`: a path, or ':memory:'. Throws a plain Error when another process (or another world of this one) holds the file. */
export function openStore(file: string, synchronous: Synchronous): Store {
  if (file === ':memory:') {
    const db = new DatabaseSync(':memory:');
    db.exec('PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY');
    return { db, durable: false, reading: false, close: () => db.close() };
  }
  const lock = takeLock(file);
  const db = openFile(file, () => lock.close());
  db.exec('PRAGMA journal_mode=WAL');
  db.exec(`PRAGMA synchronous=${synchronous.toUpperCase()}; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536`);
  const owner = `${file}.owner`;
  writeFileSync(owner, String(process.pid));
  return {
    db,
    durable: true,
    reading: false,
    close: () => {
      rmSync(owner, { force: true });
      db.close();
      lock.close();
    },
  };
}

/** Looks at a store that another process may hold and go on writing. Throws a plain Error when there is no such store. */
export function openStoreForReading(file: string): Store {
  const db = openFile(file, () => {}, { readOnly: true });
  db.exec('PRAGMA busy_timeout=5000; PRAGMA query_only=ON');
  return { db, durable: true, reading: true, close: () => db.close() };
}

function openFile(file: string, onFailure: () => void, options: DatabaseSyncOptions = {}): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, options);
    // The first read tells whether it is a database at all.
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db?.close();
    onFailure();
    throw unopenable(file, error);
  }
}

function createFile(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file);
  } catch (error) {
    throw unopenable(file, error);
  }
}

function unopenable(file: string, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return new Error(`${file} cannot be opened as a store: ${reason}`, { cause: error });
}

/** A transaction on a file beside the store, held for as long as the world is open. */
function takeLock(file: string): DatabaseSync {
  const lock = createFile(`${file}.lock`);
  try {
    lock.exec('PRAGMA busy_timeout=0; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (isBusy(error)) throw new Error(`${file} is in use by ${nameOwner(`${file}.owner`)}`, { cause: error });
    throw error;
  }
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
