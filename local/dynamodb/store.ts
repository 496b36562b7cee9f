// The rows behind the tables: items by key, index entries pointing at items, expiry times, stream records, spent tokens.
// Knows SQL and nothing of DynamoDB's rules.

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SortKey } from './sort-key.ts';
import type { PrimaryKey, TableDefinition } from './table.ts';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS ddb_tables (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, definition TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ddb_items (t INTEGER, pk, sk, item TEXT NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (t, pk, sk)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ddb_entries (i INTEGER, hk, rk, pk, sk, PRIMARY KEY (i, hk, rk, pk, sk)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ddb_expiries (t INTEGER, at INTEGER, pk, sk, PRIMARY KEY (t, at, pk, sk)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ddb_changes (t INTEGER, seq INTEGER, at INTEGER NOT NULL, event TEXT NOT NULL, keys TEXT NOT NULL,
  before TEXT, after TEXT, size INTEGER NOT NULL, expired INTEGER NOT NULL, PRIMARY KEY (t, seq)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ddb_tokens (token TEXT PRIMARY KEY, request TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ddb_tokens_at ON ddb_tokens (at);
`;

export interface ItemRow {
  readonly pk: SortKey;
  readonly sk: SortKey;
  readonly item: string;
  readonly size: number;
}

/** A row found through an index, with its place there. */
export interface EntryRow extends ItemRow {
  readonly rk: SortKey;
}

export interface RecordRow {
  readonly seq: number;
  readonly at: number;
  readonly event: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly keys: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Bytes of keys and images. */
  readonly size: number;
  readonly expired: number;
}

/** Bounds of one hash key's rows, over its range key; `after` is the place to go on behind. */
export interface RangeBounds {
  readonly from?: { readonly key: SortKey; readonly inclusive: boolean };
  readonly to?: { readonly key: SortKey; readonly inclusive: boolean };
  readonly after?: readonly SortKey[];
  readonly forward: boolean;
}

export class Store {
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

  tables(): Array<{ id: number; definition: TableDefinition }> {
    const rows = this.#sql('SELECT id, definition FROM ddb_tables ORDER BY id').all();
    return rows.map((row) => ({ id: Number(row.id), definition: JSON.parse(String(row.definition)) }));
  }

  addTable(definition: TableDefinition): number {
    const text = JSON.stringify(definition);
    const added = this.#sql('INSERT INTO ddb_tables (name, definition) VALUES (?, ?)').run(definition.TableName, text);
    return Number(added.lastInsertRowid);
  }

  replaceDefinition(id: number, definition: TableDefinition): void {
    this.#sql('UPDATE ddb_tables SET definition = ? WHERE id = ?').run(JSON.stringify(definition), id);
  }

  dropTable(id: number, indexes: readonly number[]): void {
    for (const from of ['ddb_items', 'ddb_expiries', 'ddb_changes'])
      this.#sql(`DELETE FROM ${from} WHERE t = ?`).run(id);
    for (const index of indexes) this.clearEntries(index);
    this.#sql('DELETE FROM ddb_tables WHERE id = ?').run(id);
  }

  clearEntries(index: number): void {
    this.#sql('DELETE FROM ddb_entries WHERE i = ?').run(index);
  }

  totals(table: number): { count: number; bytes: number } {
    const row = this.#sql('SELECT count(*) AS count, total(size) AS bytes FROM ddb_items WHERE t = ?').get(table);
    return { count: Number(row?.count), bytes: Number(row?.bytes) };
  }

  get(table: number, key: PrimaryKey): { item: string; size: number } | undefined {
    const row = this.#sql('SELECT item, size FROM ddb_items WHERE t = ? AND pk = ? AND sk = ?').get(
      table,
      key.hash,
      key.range,
    );
    return row as { item: string; size: number } | undefined;
  }

  put(table: number, key: PrimaryKey, item: string, size: number): void {
    this.#sql('INSERT OR REPLACE INTO ddb_items (t, pk, sk, item, size) VALUES (?, ?, ?, ?, ?)').run(
      table,
      key.hash,
      key.range,
      item,
      size,
    );
  }

  remove(table: number, key: PrimaryKey): void {
    this.#sql('DELETE FROM ddb_items WHERE t = ? AND pk = ? AND sk = ?').run(table, key.hash, key.range);
  }

  addEntry(index: number, at: PrimaryKey, key: PrimaryKey): void {
    this.#sql('INSERT INTO ddb_entries (i, hk, rk, pk, sk) VALUES (?, ?, ?, ?, ?)').run(
      index,
      at.hash,
      at.range,
      key.hash,
      key.range,
    );
  }

  removeEntry(index: number, at: PrimaryKey, key: PrimaryKey): void {
    this.#sql('DELETE FROM ddb_entries WHERE i = ? AND hk = ? AND rk = ? AND pk = ? AND sk = ?').run(
      index,
      at.hash,
      at.range,
      key.hash,
      key.range,
    );
  }

  /** Rows of one hash key in order of the range key. */
  rowsOfHash(table: number, hash: SortKey, bounds: RangeBounds): Iterable<ItemRow> {
    const where = boundsSql('sk', bounds);
    const after = bounds.after === undefined ? '' : ` AND sk ${bounds.forward ? '>' : '<'} ?`;
    const order = bounds.forward ? 'ASC' : 'DESC';
    return this.#sql(
      `SELECT pk, sk, item, size FROM ddb_items WHERE t = ? AND pk = ?${where.sql}${after} ORDER BY sk ${order}`,
    ).iterate(table, hash, ...where.keys, ...(bounds.after ?? [])) as Iterable<unknown> as Iterable<ItemRow>;
  }

  /** The same through an index; `after` is the range key there and the table's key. */
  entriesOfHash(index: number, table: number, hash: SortKey, bounds: RangeBounds): Iterable<EntryRow> {
    const where = boundsSql('e.rk', bounds);
    const after = bounds.after === undefined ? '' : ` AND (e.rk, e.pk, e.sk) ${bounds.forward ? '>' : '<'} (?, ?, ?)`;
    const order = bounds.forward ? 'ASC' : 'DESC';
    return this.#sql(
      `SELECT e.rk, i.pk, i.sk, i.item, i.size FROM ddb_entries e CROSS JOIN ddb_items i ON i.t = ? AND i.pk = e.pk AND i.sk = e.sk
       WHERE e.i = ? AND e.hk = ?${where.sql}${after} ORDER BY e.rk ${order}, e.pk ${order}, e.sk ${order}`,
    ).iterate(table, index, hash, ...where.keys, ...(bounds.after ?? [])) as Iterable<unknown> as Iterable<EntryRow>;
  }

  rows(table: number, after: PrimaryKey | undefined): Iterable<ItemRow> {
    const select = 'SELECT pk, sk, item, size FROM ddb_items WHERE t = ?';
    const found =
      after === undefined
        ? this.#sql(`${select} ORDER BY pk, sk`).iterate(table)
        : this.#sql(`${select} AND (pk, sk) > (?, ?) ORDER BY pk, sk`).iterate(table, after.hash, after.range);
    return found as Iterable<unknown> as Iterable<ItemRow>;
  }

  /** All rows of an index; `after` is hash and range there and the table's key. */
  entries(index: number, table: number, after: readonly SortKey[] | undefined): Iterable<EntryRow> {
    return this.#sql(
      `SELECT e.rk, i.pk, i.sk, i.item, i.size FROM ddb_entries e CROSS JOIN ddb_items i ON i.t = ? AND i.pk = e.pk AND i.sk = e.sk
       WHERE e.i = ?${after === undefined ? '' : ' AND (e.hk, e.rk, e.pk, e.sk) > (?, ?, ?, ?)'} ORDER BY e.hk, e.rk, e.pk, e.sk`,
    ).iterate(table, index, ...(after ?? [])) as Iterable<unknown> as Iterable<EntryRow>;
  }

  addExpiry(table: number, at: number, key: PrimaryKey): void {
    this.#sql('INSERT OR REPLACE INTO ddb_expiries (t, at, pk, sk) VALUES (?, ?, ?, ?)').run(
      table,
      at,
      key.hash,
      key.range,
    );
  }

  removeExpiry(table: number, at: number, key: PrimaryKey): void {
    this.#sql('DELETE FROM ddb_expiries WHERE t = ? AND at = ? AND pk = ? AND sk = ?').run(
      table,
      at,
      key.hash,
      key.range,
    );
  }

  clearExpiries(table: number): void {
    this.#sql('DELETE FROM ddb_expiries WHERE t = ?').run(table);
  }

  firstExpiry(table: number): number | undefined {
    const row = this.#sql('SELECT min(at) AS at FROM ddb_expiries WHERE t = ?').get(table);
    return typeof row?.at === 'number' ? row.at : undefined;
  }

  expiredKeys(table: number, until: number, limit: number): PrimaryKey[] {
    const rows = this.#sql('SELECT pk, sk FROM ddb_expiries WHERE t = ? AND at <= ? ORDER BY at, pk, sk LIMIT ?').all(
      table,
      until,
      limit,
    );
    return rows.map((row) => ({ hash: row.pk as SortKey, range: row.sk as SortKey }));
  }

  addRecord(table: number, record: RecordRow): void {
    this.#sql(
      'INSERT INTO ddb_changes (t, seq, at, event, keys, before, after, size, expired) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ).run(
      table,
      record.seq,
      record.at,
      record.event,
      record.keys,
      record.before,
      record.after,
      record.size,
      record.expired,
    );
  }

  /** Zero for a table without records. */
  lastSequence(table: number): number {
    return Number(this.#sql('SELECT coalesce(max(seq), 0) AS seq FROM ddb_changes WHERE t = ?').get(table)?.seq);
  }

  records(table: number, after: number, limit: number): RecordRow[] {
    return this.#sql(
      'SELECT seq, at, event, keys, before, after, size, expired FROM ddb_changes WHERE t = ? AND seq > ? ORDER BY seq LIMIT ?',
    ).all(table, after, limit) as unknown as RecordRow[];
  }

  /** Deletes records made before `time`, but never the newest: the next number is known from it. */
  trimRecords(table: number, time: number): void {
    this.#sql(
      'DELETE FROM ddb_changes WHERE t = ? AND seq < (SELECT coalesce(min(seq), 0) FROM ddb_changes WHERE t = ? AND at >= ?)',
    ).run(table, table, time);
  }

  requestOfToken(token: string, since: number): string | undefined {
    const row = this.#sql('SELECT request FROM ddb_tokens WHERE token = ? AND at >= ?').get(token, since);
    return row === undefined ? undefined : String(row.request);
  }

  addToken(token: string, request: string, at: number, keepSince: number): void {
    this.#sql('DELETE FROM ddb_tokens WHERE at < ?').run(keepSince);
    this.#sql('INSERT OR REPLACE INTO ddb_tokens (token, request, at) VALUES (?, ?, ?)').run(token, request, at);
  }
}

function boundsSql(column: string, { from, to }: RangeBounds): { sql: string; keys: SortKey[] } {
  const keys: SortKey[] = [];
  let sql = '';
  if (from !== undefined) {
    sql += ` AND ${column} >${from.inclusive ? '=' : ''} ?`;
    keys.push(from.key);
  }
  if (to !== undefined) {
    sql += ` AND ${column} <${to.inclusive ? '=' : ''} ?`;
    keys.push(to.key);
  }
  return { sql, keys };
}
