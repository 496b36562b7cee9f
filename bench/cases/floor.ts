// What the machine itself allows: the disk's commits, and a bare loop that only makes the text of a transition's two events
// and writes it, without interpreting anything.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { BenchCase, CaseResult, Options } from '../case.ts';
import { rate, repeat, timed } from '../measure.ts';

const SCHEMA =
  'CREATE TABLE page (execution INTEGER, first INTEGER, body TEXT, PRIMARY KEY (execution, first)) WITHOUT ROWID';

function openFile(dir: string): DatabaseSync {
  const db = new DatabaseSync(join(dir, `${process.hrtime.bigint()}.sqlite`));
  db.exec(`PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; ${SCHEMA}`);
  return db;
}

function loop(db: DatabaseSync, transitions: number, perPage: number, pagesPerCommit: number): void {
  const insert = db.prepare('INSERT INTO page VALUES (?, ?, ?)');
  let lines: string[] = [];
  let pages = 0;
  db.exec('BEGIN');
  for (let i = 0; i < transitions; i++) {
    const text = JSON.stringify({ n: i, most: transitions });
    const at = 1_767_225_600_000;
    lines.push(JSON.stringify([2 * i, 2 * i - 1, at, 'PassStateEntered', 'Count', text]));
    lines.push(JSON.stringify([2 * i + 1, 2 * i, at, 'PassStateExited', 'Count', text]));
    if (lines.length < 2 * perPage) continue;
    insert.run(1, i, lines.join('\n'));
    lines = [];
    if (++pages % pagesPerCommit === 0) db.exec('COMMIT; BEGIN');
  }
  db.exec('COMMIT');
}

async function run(options: Options): Promise<CaseResult> {
  const runs = options.quick ? 2 : 7;
  const transitions = options.quick ? 10_000 : 50_000;
  const commits = options.quick ? 50 : 300;
  const dir = mkdtempSync(join(tmpdir(), 'ideamine-bench-'));
  const inMemory = () => {
    const db = new DatabaseSync(':memory:');
    db.exec(SCHEMA);
    return db;
  };
  const floor = (open: () => DatabaseSync, perPage: number, pagesPerCommit: number) =>
    repeat(runs, 1, async () => {
      const db = open();
      const trial = await timed(transitions, () => loop(db, transitions, perPage, pagesPerCommit));
      db.close();
      return trial;
    });
  try {
    const disk = await repeat(runs, 1, async () => {
      const db = openFile(dir);
      const insert = db.prepare('INSERT INTO page VALUES (1, ?, ?)');
      const trial = await timed(commits, () => {
        for (let i = 0; i < commits; i++) insert.run(i, 'x');
      });
      db.close();
      return trial;
    });
    return {
      figures: [
        rate("the disk's commits (WAL, synchronous=FULL, one row each)", 'commits/s', disk),
        rate('bare loop, pages of 1,000 transitions, in memory', 'transitions/s', await floor(inMemory, 1000, 1)),
        rate('bare loop, a row a transition, in memory', 'transitions/s', await floor(inMemory, 1, 1000)),
        rate(
          'bare loop, pages of 1,000 transitions, a commit each, durable',
          'transitions/s',
          await floor(() => openFile(dir), 1000, 1),
        ),
      ],
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

export const floor: BenchCase = { name: 'floor', title: 'The floor', run };
