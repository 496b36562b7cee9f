// The rows behind the buckets: every version of every object, the newest of a key being the current one.

import type { DatabaseSync, StatementSync } from 'node:sqlite';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS s3_buckets (name TEXT PRIMARY KEY, created INTEGER NOT NULL, versioning TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS s3_versions (seq INTEGER PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, version TEXT NOT NULL,
  deleted INTEGER NOT NULL, modified INTEGER NOT NULL, etag TEXT NOT NULL, size INTEGER NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS s3_versions_key ON s3_versions (bucket, key, seq);
CREATE TABLE IF NOT EXISTS s3_objects (bucket TEXT, key TEXT, seq INTEGER NOT NULL, PRIMARY KEY (bucket, key)) WITHOUT ROWID;
`;

export type Versioning = '' | 'Enabled' | 'Suspended';

export interface BucketRow {
  readonly name: string;
  readonly created: number;
  readonly versioning: Versioning;
}

/** A version without its body. `version` is 'null' where the bucket was not versioned; times are epoch ms. */
export interface VersionRow {
  readonly seq: number;
  readonly key: string;
  readonly version: string;
  /** 1 for a delete marker. */
  readonly deleted: number;
  readonly modified: number;
  /** MD5 in hex. */
  readonly etag: string;
  readonly size: number;
  /** JSON of the system and user metadata kept with it. */
  readonly headers: string;
}

const COLUMNS = 'v.seq, v.key, v.version, v.deleted, v.modified, v.etag, v.size, v.headers';

export class ObjectStore {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
    db.exec(SCHEMA);
  }

  #sql(text: string): StatementSync {
    let statement = this.#statements.get(text);
    if (statement === undefined) {
      statement = this.#db.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }

  bucket(name: string): BucketRow | undefined {
    return this.#sql('SELECT name, created, versioning FROM s3_buckets WHERE name = ?').get(name) as
      | BucketRow
      | undefined;
  }

  buckets(): BucketRow[] {
    return this.#sql('SELECT name, created, versioning FROM s3_buckets ORDER BY name').all() as unknown as BucketRow[];
  }

  addBucket(name: string, created: number): void {
    this.#sql("INSERT INTO s3_buckets (name, created, versioning) VALUES (?, ?, '')").run(name, created);
  }

  dropBucket(name: string): void {
    this.#sql('DELETE FROM s3_buckets WHERE name = ?').run(name);
  }

  setVersioning(name: string, versioning: Versioning): void {
    this.#sql('UPDATE s3_buckets SET versioning = ? WHERE name = ?').run(versioning, name);
  }

  isEmpty(bucket: string): boolean {
    return this.#sql('SELECT 1 FROM s3_versions WHERE bucket = ? LIMIT 1').get(bucket) === undefined;
  }

  /** The current version of a key, delete markers included. */
  current(bucket: string, key: string): VersionRow | undefined {
    return this.#sql(
      `SELECT ${COLUMNS} FROM s3_objects o JOIN s3_versions v ON v.seq = o.seq WHERE o.bucket = ? AND o.key = ?`,
    ).get(bucket, key) as VersionRow | undefined;
  }

  version(bucket: string, key: string, version: string): VersionRow | undefined {
    return this.#sql(`SELECT ${COLUMNS} FROM s3_versions v WHERE v.bucket = ? AND v.key = ? AND v.version = ?`).get(
      bucket,
      key,
      version,
    ) as VersionRow | undefined;
  }

  body(seq: number): Uint8Array {
    return this.#sql('SELECT body FROM s3_versions WHERE seq = ?').get(seq)?.body as Uint8Array;
  }

  /** Adds a version and makes it the current one. @returns its number. */
  add(bucket: string, row: Omit<VersionRow, 'seq'>, body: Uint8Array): number {
    const added = this.#sql(
      'INSERT INTO s3_versions (bucket, key, version, deleted, modified, etag, size, headers, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ).run(bucket, row.key, row.version, row.deleted, row.modified, row.etag, row.size, row.headers, body);
    this.#sql('INSERT OR REPLACE INTO s3_objects (bucket, key, seq) VALUES (?, ?, ?)').run(
      bucket,
      row.key,
      added.lastInsertRowid,
    );
    return Number(added.lastInsertRowid);
  }

  /** Removes a version for good; the newest left becomes the current one. */
  remove(bucket: string, row: VersionRow): void {
    this.#sql('DELETE FROM s3_versions WHERE seq = ?').run(row.seq);
    const newest = this.#sql('SELECT max(seq) AS seq FROM s3_versions WHERE bucket = ? AND key = ?').get(
      bucket,
      row.key,
    );
    if (typeof newest?.seq === 'number')
      this.#sql('UPDATE s3_objects SET seq = ? WHERE bucket = ? AND key = ?').run(newest.seq, bucket, row.key);
    else this.#sql('DELETE FROM s3_objects WHERE bucket = ? AND key = ?').run(bucket, row.key);
  }

  /** Current objects with keys after `after`, in UTF-8 order of the keys; no delete markers. */
  list(bucket: string, from: string, after: string): Iterable<VersionRow> {
    return this.#sql(
      `SELECT ${COLUMNS} FROM s3_objects o JOIN s3_versions v ON v.seq = o.seq
       WHERE o.bucket = ? AND o.key >= ? AND o.key > ? AND v.deleted = 0 ORDER BY o.key`,
    ).iterate(bucket, from, after) as Iterable<unknown> as Iterable<VersionRow>;
  }

  /** All versions of keys from `from` on: by key, newest first. */
  versions(bucket: string, from: string): Iterable<VersionRow & { current: number }> {
    return this.#sql(
      `SELECT ${COLUMNS}, o.seq = v.seq AS current FROM s3_versions v JOIN s3_objects o ON o.bucket = v.bucket AND o.key = v.key
       WHERE v.bucket = ? AND v.key >= ? ORDER BY v.key, v.seq DESC`,
    ).iterate(bucket, from) as Iterable<unknown> as Iterable<VersionRow & { current: number }>;
  }
}
