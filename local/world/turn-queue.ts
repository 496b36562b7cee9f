// Turns: work runs inside one SQLite transaction, first in, first out; effects leave after its commit.
// 1. No effect runs before everything changed so far is committed (a store in memory commits rarely: it has nothing to lose).
// 2. An operation run through `atomically` that throws leaves no trace: no row, no deferred work, no effect.
// 3. Any other error inside a turn breaks the queue for good: memory and tables could differ.

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Turns } from '../service.ts';

const WORK_PER_TURN = 1024;
const TURNS_PER_COMMIT_IN_MEMORY = 256;

export class TurnQueue implements Turns {
  readonly #statements: Readonly<Record<'begin' | 'commit' | 'mark' | 'keep' | 'undo', StatementSync>>;
  readonly #rollback: () => void;
  readonly #durable: boolean;
  readonly #onWork: () => void;
  #work: (() => void)[] = [];
  #head = 0;
  #effects: (() => void)[] = [];
  #hooks: (() => void)[] = [];
  readonly #always: (() => void)[] = [];
  #open = false;
  #touched = false;
  #uncommitted = 0;
  #broken: { readonly error: unknown } | undefined;
  /** Turns run so far. */
  count = 0;

  /** `durable`: commit at every turn. `reading`: nothing is ever written. `onWork` is called whenever something is waiting for a turn. */
  constructor(db: DatabaseSync, durable: boolean, onWork: () => void, reading = false) {
    this.#statements = {
      begin: db.prepare(reading ? 'BEGIN' : 'BEGIN IMMEDIATE'),
      commit: db.prepare('COMMIT'),
      mark: db.prepare('SAVEPOINT operation'),
      keep: db.prepare('RELEASE operation'),
      undo: db.prepare('ROLLBACK TO operation'),
    };
    this.#rollback = () => db.exec('ROLLBACK');
    this.#durable = durable;
    this.#onWork = onWork;
  }

  defer(work: () => void): void {
    this.#work.push(work);
    this.#onWork();
  }

  afterCommit(effect: () => void): void {
    this.#effects.push(effect);
    this.#onWork();
  }

  beforeCommit(hook: () => void): void {
    this.#hooks.push(hook);
    this.#onWork();
  }

  /** Runs `hook` before every commit from now on, after all others. It only writes. */
  everyCommit(hook: () => void): void {
    this.#always.push(hook);
  }

  get pending(): boolean {
    return this.#touched || this.#head < this.#work.length || this.#effects.length > 0 || this.#hooks.length > 0;
  }

  get broken(): { readonly error: unknown } | undefined {
    return this.#broken;
  }

  /** Runs an operation now, inside the open turn or a new one; a throw undoes it. Its reply must go through `afterCommit`. */
  atomically<T>(operation: () => T): T {
    this.#enter();
    this.#touched = true;
    this.#onWork();
    const { mark, keep, undo } = this.#statements;
    const works = this.#work.length;
    const effects = this.#effects.length;
    const hooks = this.#hooks.length;
    mark.run();
    try {
      const result = operation();
      keep.run();
      return result;
    } catch (error) {
      undo.run();
      keep.run();
      this.#work.length = works;
      this.#effects.length = effects;
      this.#hooks.length = hooks;
      throw error;
    }
  }

  /** One turn. Returns how many effects it let out. Throws what broke the queue. */
  turn(): number {
    if (this.#broken) throw this.#broken.error;
    try {
      this.#enter();
      const end = Math.min(this.#head + WORK_PER_TURN, Number.MAX_SAFE_INTEGER);
      while (this.#head < end && this.#head < this.#work.length) (this.#work[this.#head++] as () => void)();
      if (this.#head === this.#work.length) {
        this.#work = [];
        this.#head = 0;
      } else if (this.#head > 4 * WORK_PER_TURN) {
        this.#work = this.#work.slice(this.#head);
        this.#head = 0;
      }
      this.#runHooks();
      this.#touched = false;
      this.count++;
      if (this.#durable || ++this.#uncommitted >= TURNS_PER_COMMIT_IN_MEMORY) this.commit();
      const effects = this.#effects;
      this.#effects = [];
      for (const effect of effects) effect();
      return effects.length;
    } catch (error) {
      this.#break(error);
      throw error;
    }
  }

  /** Commits what is open. For closing; a turn does it by itself. */
  commit(): void {
    this.#runHooks();
    if (!this.#open) return;
    for (const hook of this.#always) hook();
    this.#statements.commit.run();
    this.#open = false;
    this.#uncommitted = 0;
  }

  #enter(): void {
    if (this.#broken) throw this.#broken.error;
    if (this.#open) return;
    this.#statements.begin.run();
    this.#open = true;
  }

  #runHooks(): void {
    while (this.#hooks.length > 0) {
      const hooks = this.#hooks;
      this.#hooks = [];
      for (const hook of hooks) hook();
    }
  }

  #break(error: unknown): void {
    this.#broken = { error };
    this.#work = [];
    this.#effects = [];
    if (!this.#open) return;
    this.#open = false;
    try {
      this.#rollback();
    } catch {
      // The transaction may be gone already; the error that broke the queue is the one to tell.
    }
  }
}
