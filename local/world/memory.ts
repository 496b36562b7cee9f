// What a store remembers of the world itself: how often it was opened, and the last time of a virtual clock.

import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../service.ts';
import type { TurnQueue } from './turn-queue.ts';

const TABLE = 'CREATE TABLE IF NOT EXISTS world (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID, STRICT';

/** Counts this opening and returns its number, from 1: mixed into the seed, so that ids do not repeat. */
export function bootCount(db: DatabaseSync): number {
  db.exec(TABLE);
  const boots = read(db, 'boots') + 1;
  db.prepare("INSERT OR REPLACE INTO world VALUES ('boots', ?)").run(String(boots));
  return boots;
}

/** Epoch ms; 0 when the store is new or its clock was real. */
export function lastTime(db: DatabaseSync): number {
  return read(db, 'time');
}

/** Writes a virtual clock's time with every commit, so that it goes on from there when the store is opened again. */
export function keepTime(db: DatabaseSync, turns: TurnQueue, clock: Clock): void {
  const write = db.prepare("INSERT OR REPLACE INTO world VALUES ('time', ?)");
  let written = -1;
  const keep = (): void => {
    if (clock.now() === written) return;
    written = clock.now();
    write.run(String(written));
  };
  turns.everyCommit(keep);
}

function read(db: DatabaseSync, key: string): number {
  return Number(db.prepare('SELECT value FROM world WHERE key = ?').get(key)?.value ?? 0);
}
