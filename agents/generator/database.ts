// The database part: tables and the one file that talks to them.

import type { DataModel, EntityField } from '../../core/artifacts/data-model.ts';
import type { SourceFile } from '../../core/artifacts/source-code.ts';
import { file } from './files.ts';

const SQL_TYPE: Readonly<Record<EntityField['type'], string>> = {
  id: 'TEXT',
  string: 'TEXT',
  text: 'TEXT',
  integer: 'INTEGER',
  number: 'REAL',
  boolean: 'INTEGER',
  date: 'TEXT',
  datetime: 'TEXT',
  reference: 'TEXT',
};

export function databaseFiles({ entities }: DataModel): SourceFile[] {
  const names = entities.map(({ name }) => name);
  const tables = entities.flatMap(({ plural, fields }) => [
    `CREATE TABLE IF NOT EXISTS "${plural}" (`,
    fields.map((field) => `  ${column(field, entities)}`).join(',\n'),
    ') STRICT;',
  ]);
  return [
    file('src/schema.sql', ['-- The tables, one for each entity.', 'PRAGMA foreign_keys = ON;', ...tables], names),
    file('src/store.ts', STORE, names),
  ];
}

function column(field: EntityField, entities: DataModel['entities']): string {
  const table = entities.find(({ name }) => name === field.references)?.plural;
  const parts = [
    `"${field.name}" ${SQL_TYPE[field.type]}`,
    field.type === 'id' ? 'PRIMARY KEY' : field.required ? 'NOT NULL' : '',
    table === undefined ? '' : `REFERENCES "${table}" ("id")`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

const STORE = `// Keeps records in SQLite. Table and column names come from entities.ts, never from a request.

import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { EntityDescription } from './entities.ts';

export type Value = string | number | null;
export type Row = Record<string, Value>;

export interface Store {
  list(entity: EntityDescription, limit: number, after: string): Row[];
  find(entity: EntityDescription, id: string): Row | undefined;
  insert(entity: EntityDescription, row: Row): void;
  update(entity: EntityDescription, id: string, changes: Row): void;
  remove(entity: EntityDescription, id: string): boolean;
  close(): void;
}

export function openStore(path: string): Store {
  const database = new DatabaseSync(path);
  database.exec(readFileSync(new URL('./schema.sql', import.meta.url), 'utf8'));
  return {
    list({ table }, limit, after) {
      return database.prepare(\`SELECT * FROM "\${table}" WHERE id > ? ORDER BY id LIMIT ?\`).all(after, limit).map((row) => ({ ...(row as Row) }));
    },
    find({ table }, id) {
      const row = database.prepare(\`SELECT * FROM "\${table}" WHERE id = ?\`).get(id) as Row | undefined;
      return row && { ...row };
    },
    insert({ table, fields }, row) {
      const columns = fields.map(({ name }) => \`"\${name}"\`).join(', ');
      const places = fields.map(() => '?').join(', ');
      const values = fields.map(({ name }) => row[name] ?? null);
      database.prepare(\`INSERT INTO "\${table}" (\${columns}) VALUES (\${places})\`).run(...values);
    },
    update({ table }, id, changes) {
      const names = Object.keys(changes);
      if (names.length === 0) return;
      const sets = names.map((name) => \`"\${name}" = ?\`).join(', ');
      database.prepare(\`UPDATE "\${table}" SET \${sets} WHERE id = ?\`).run(...names.map((name) => changes[name] ?? null), id);
    },
    remove({ table }, id) {
      return Number(database.prepare(\`DELETE FROM "\${table}" WHERE id = ?\`).run(id).changes) > 0;
    },
    close() {
      database.close();
    },
  };
}`.split('\n');
