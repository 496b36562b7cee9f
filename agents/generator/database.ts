// The database part: tables and the one file that talks to them.

import type { EntityField } from '../../core/artifacts/data-model.ts';
import type { SourceFile } from '../../core/artifacts/source-code.ts';
import type { Blueprint, SoundEntity } from './blueprint.ts';
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

export function databaseFiles({ entities }: Blueprint): SourceFile[] {
  const names = entities.map(({ name }) => name);
  const tables = entities.flatMap(({ table, fields }) => [
    `CREATE TABLE IF NOT EXISTS "${table}" (`,
    fields.map((field) => `  ${column(field, entities)}`).join(',\n'),
    ') STRICT;',
  ]);
  return [
    file('src/schema.sql', ['-- The tables, one for each entity.', 'PRAGMA foreign_keys = ON;', ...tables], names),
    file('src/store.ts', STORE, names),
  ];
}

function column(field: EntityField, entities: readonly SoundEntity[]): string {
  const table = entities.find(({ name }) => name === field.references)?.table;
  const parts = [
    `"${field.name}" ${SQL_TYPE[field.type]}`,
    field.type === 'id' ? 'PRIMARY KEY' : field.required ? 'NOT NULL' : '',
    table === undefined ? '' : `REFERENCES "${table}" ("id")`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

const STORE = `// Keeps records in SQLite. Table and column names come from entities.ts, never from a request.

import { readFileSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { EntityDescription } from './entities.ts';

export type Value = string | number | null;
export type Row = Record<string, Value>;

/** Which records of a list are wanted. */
export interface Wanted {
  readonly limit: number;
  /** Records behind this id; empty for the first ones. */
  readonly after: string;
  /** Records made at or after this moment; empty for all. */
  readonly since: string;
  /** Text fields contain the value, case aside; other fields equal it. */
  readonly where: readonly { readonly field: string; readonly contains: boolean; readonly value: Value }[];
}

export const EVERYTHING: Wanted = { limit: -1, after: '', since: '', where: [] };

/** The store refused a change because other records refer to it, or it refers to none. */
export class BrokenReference extends Error {}

export interface Store {
  list(entity: EntityDescription, wanted: Wanted): Row[];
  find(entity: EntityDescription, id: string): Row | undefined;
  insert(entity: EntityDescription, row: Row): void;
  update(entity: EntityDescription, id: string, changes: Row): void;
  remove(entity: EntityDescription, id: string): void;
  close(): void;
}

export function openStore(path: string): Store {
  const database = new DatabaseSync(path);
  database.exec(readFileSync(new URL('./schema.sql', import.meta.url), 'utf8'));
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  const change = (sql: string, values: SQLInputValue[]) => {
    try {
      statement(sql).run(...values);
    } catch (error) {
      if (String(error).includes('FOREIGN KEY')) throw new BrokenReference(String(error));
      throw error;
    }
  };
  return {
    list({ table }, { limit, after, since, where }) {
      const tests = ['"id" > ?', '"createdAt" >= ?'];
      const values: SQLInputValue[] = [after, since];
      for (const { field, contains, value } of where) {
        tests.push(contains ? \`instr(lower("\${field}"), lower(?)) > 0\` : \`"\${field}" = ?\`);
        values.push(value);
      }
      const sql = \`SELECT * FROM "\${table}" WHERE \${tests.join(' AND ')} ORDER BY "id" LIMIT ?\`;
      return statement(sql).all(...values, limit).map((row) => ({ ...row }) as Row);
    },
    find({ table }, id) {
      const row = statement(\`SELECT * FROM "\${table}" WHERE "id" = ?\`).get(id);
      return row === undefined ? undefined : ({ ...row } as Row);
    },
    insert({ table, fields }, row) {
      const columns = fields.map(({ name }) => \`"\${name}"\`).join(', ');
      const places = fields.map(() => '?').join(', ');
      change(
        \`INSERT INTO "\${table}" (\${columns}) VALUES (\${places})\`,
        fields.map(({ name }) => (Object.hasOwn(row, name) ? (row[name] ?? null) : null)),
      );
    },
    update({ table }, id, changes) {
      const names = Object.keys(changes);
      if (names.length === 0) return;
      const sets = names.map((name) => \`"\${name}" = ?\`).join(', ');
      change(\`UPDATE "\${table}" SET \${sets} WHERE "id" = ?\`, [...names.map((name) => changes[name] ?? null), id]);
    },
    remove({ table }, id) {
      change(\`DELETE FROM "\${table}" WHERE "id" = ?\`, [id]);
    },
    close() {
      database.close();
    },
  };
}`.split('\n');
