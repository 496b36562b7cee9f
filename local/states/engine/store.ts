// The engine's tables. One row per execution, one per open strand, history as append-only pages, definitions by hash.
// Written once a turn, before its commit; what did not change is not written again.

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Program } from '../definition/program.ts';
import { docOfText, textOf } from '../json.ts';
import type { Execution, ExecutionFacts, ExecutionRecord, Status, Strand, Waiter } from './execution.ts';
import { decodePage, encodePage, type HistoryEvent } from './history.ts';
import type { MapRun } from './map-run.ts';
import { freezeStrand, type StrandRow } from './strand-row.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS sfn_definition (hash TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sfn_execution (
    id INTEGER PRIMARY KEY, arn TEXT NOT NULL UNIQUE, machine TEXT NOT NULL, status TEXT NOT NULL, started INTEGER NOT NULL,
    stopped INTEGER, map_run TEXT, map_index INTEGER, facts TEXT NOT NULL, input TEXT NOT NULL, head TEXT NOT NULL,
    output TEXT, failure TEXT);
  CREATE INDEX IF NOT EXISTS sfn_execution_machine ON sfn_execution (machine, started, id);
  CREATE INDEX IF NOT EXISTS sfn_execution_run ON sfn_execution (map_run, map_index) WHERE map_run IS NOT NULL;
  CREATE INDEX IF NOT EXISTS sfn_execution_open ON sfn_execution (id) WHERE status = 'RUNNING';
  CREATE TABLE IF NOT EXISTS sfn_strand (
    execution INTEGER NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL, input TEXT NOT NULL, output TEXT,
    PRIMARY KEY (execution, id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sfn_items (
    execution INTEGER NOT NULL, strand INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (execution, strand)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sfn_page (
    execution INTEGER NOT NULL, first INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (execution, first)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sfn_map_run (arn TEXT PRIMARY KEY, execution TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sfn_resource (
    kind TEXT NOT NULL, arn TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, arn)) WITHOUT ROWID;
`;

export interface Head {
  readonly lastEvent: number;
  readonly nextStrand: number;
  readonly waiters: Waiter[];
  readonly redriveCount: number;
  readonly redrivenAt: number | null;
}

export type Row = Record<string, string | number | null>;

export class Store {
  readonly db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #programs = new Map<string, Program>();
  #nextId: number;

  constructor(db: DatabaseSync) {
    this.db = db;
    db.exec(SCHEMA);
    this.#nextId = Number(this.get('SELECT coalesce(max(id), 0) AS last FROM sfn_execution')?.last ?? 0);
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  run(sql: string, ...values: (string | number | null)[]): void {
    this.#prepare(sql).run(...values);
  }

  get(sql: string, ...values: (string | number | null)[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  all(sql: string, ...values: (string | number | null)[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  nextId(): number {
    return ++this.#nextId;
  }

  /** The compiled definition; `compile` is called for a text seen for the first time in this process. */
  program(hash: string, compile: (text: string) => Program): Program {
    let program = this.#programs.get(hash);
    if (!program) {
      program = compile(this.definition(hash));
      this.#programs.set(hash, program);
    }
    return program;
  }

  definition(hash: string): string {
    return this.get('SELECT text FROM sfn_definition WHERE hash = ?', hash)?.text as string;
  }

  keepDefinition(hash: string, text: string): void {
    this.run('INSERT OR IGNORE INTO sfn_definition VALUES (?, ?)', hash, text);
  }

  /** Writes what changed of an execution since the last write. */
  write(execution: Execution): void {
    const { id } = execution;
    if (execution.history.length > 0) {
      const first = (execution.history[0] as HistoryEvent).id;
      this.run('INSERT INTO sfn_page VALUES (?, ?, ?)', id, first, encodePage(execution.history));
      execution.history = [];
    }
    for (const strand of execution.changed) this.#writeStrand(id, strand);
    execution.changed.clear();
    if (execution.headDirty) this.#writeHead(execution);
    execution.headDirty = false;
  }

  #writeStrand(execution: number, strand: Strand): void {
    strand.dirty = false;
    if (strand.gone) {
      if (strand.stored) this.run('DELETE FROM sfn_strand WHERE execution = ? AND id = ?', execution, strand.id);
      if (strand.itemsStored)
        this.run('DELETE FROM sfn_items WHERE execution = ? AND strand = ?', execution, strand.id);
      strand.stored = false;
      strand.itemsStored = false;
      return;
    }
    this.run(
      'INSERT OR REPLACE INTO sfn_strand VALUES (?, ?, ?, ?, ?)',
      execution,
      strand.id,
      JSON.stringify(freezeStrand(strand)),
      textOf(strand.input),
      strand.output ? textOf(strand.output) : null,
    );
    strand.stored = true;
    if (strand.items && !strand.itemsStored) {
      const items = JSON.stringify(strand.items);
      this.run('INSERT OR REPLACE INTO sfn_items VALUES (?, ?, ?)', execution, strand.id, items);
      strand.itemsStored = true;
    }
  }

  #writeHead(execution: Execution): void {
    const head: Head = {
      lastEvent: execution.lastEvent,
      nextStrand: execution.nextStrand,
      waiters: execution.waiters,
      redriveCount: execution.redriveCount,
      redrivenAt: execution.redrivenAt ?? null,
    };
    const changing = [
      execution.status,
      execution.stoppedAt ?? null,
      JSON.stringify(head),
      execution.output ? textOf(execution.output) : null,
      execution.failure ? JSON.stringify(execution.failure) : null,
    ];
    if (execution.stored) {
      this.run(
        'UPDATE sfn_execution SET status = ?, stopped = ?, head = ?, output = ?, failure = ? WHERE id = ?',
        ...changing,
        execution.id,
      );
      return;
    }
    const { facts } = execution;
    this.run(
      `INSERT INTO sfn_execution (status, stopped, head, output, failure, id, arn, machine, started, map_run, map_index, facts, input)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...changing,
      execution.id,
      facts.arn,
      facts.map ? '' : facts.machineArn,
      facts.startedAt,
      facts.map?.run ?? null,
      facts.map?.index ?? null,
      JSON.stringify(facts),
      textOf(execution.input),
    );
    execution.stored = true;
  }

  writeMapRun(run: MapRun): void {
    const { results: _results, inputs: _inputs, strand: _strand, owner: _owner, ...body } = run;
    this.run('INSERT OR REPLACE INTO sfn_map_run VALUES (?, ?, ?)', run.arn, run.executionArn, JSON.stringify(body));
  }

  find(arn: string): ExecutionRecord | undefined {
    const row = this.get('SELECT * FROM sfn_execution WHERE arn = ?', arn);
    return row ? recordOf(row) : undefined;
  }

  openRows(): Row[] {
    return this.all("SELECT * FROM sfn_execution WHERE status = 'RUNNING' ORDER BY id");
  }

  strandRows(execution: number): StrandRow[] {
    return this.all(
      `SELECT s.id, s.body, s.input, s.output, i.body AS items FROM sfn_strand s
       LEFT JOIN sfn_items i ON i.execution = s.execution AND i.strand = s.id WHERE s.execution = ? ORDER BY s.id`,
      execution,
    ) as unknown as StrandRow[];
  }

  /** Written events of an execution, all pages in order. */
  history(execution: number): HistoryEvent[] {
    return this.all('SELECT body FROM sfn_page WHERE execution = ? ORDER BY first', execution).flatMap((row) =>
      decodePage(row.body as string),
    );
  }
}

export function recordOf(row: Row): ExecutionRecord & Head {
  const head = JSON.parse(row.head as string) as Head;
  return {
    id: row.id as number,
    facts: JSON.parse(row.facts as string) as ExecutionFacts,
    input: docOfText(row.input as string),
    status: row.status as Status,
    stoppedAt: (row.stopped as number | null) ?? undefined,
    output: row.output === null ? undefined : docOfText(row.output as string),
    failure: row.failure === null ? undefined : JSON.parse(row.failure as string),
    ...head,
    redrivenAt: head.redrivenAt ?? undefined,
  } as ExecutionRecord & Head;
}
