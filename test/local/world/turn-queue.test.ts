import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { TurnQueue } from '../../../local/world/turn-queue.ts';

function queue(durable = true) {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE t (v INTEGER)');
  const turns = new TurnQueue(db, durable, () => {});
  const put = (value: number) => db.prepare('INSERT INTO t VALUES (?)').run(value);
  const values = () =>
    db
      .prepare('SELECT v FROM t')
      .all()
      .map((row) => row.v);
  return { db, turns, put, values };
}

describe('turns', () => {
  it('run work first in, first out, hooks before the commit, and effects only after it', () => {
    const { db, turns, put } = queue();
    const seen: unknown[] = [];
    turns.afterCommit(() => seen.push('effect', db.isTransaction));
    turns.beforeCommit(() => {
      seen.push('hook', db.isTransaction);
      turns.beforeCommit(() => seen.push('hook of a hook'));
    });
    turns.defer(() => {
      put(1);
      seen.push('first');
      turns.defer(() => seen.push('third'));
    });
    turns.defer(() => seen.push('second'));
    turns.turn();
    expect(seen).toEqual(['first', 'second', 'third', 'hook', true, 'hook of a hook', 'effect', false]);
    expect(turns.pending).toBe(false);
  });

  it('leave work made by an effect to the next turn', () => {
    const { turns } = queue();
    const seen: string[] = [];
    turns.afterCommit(() => turns.defer(() => seen.push('later')));
    turns.turn();
    expect([seen.length, turns.pending]).toEqual([0, true]);
    turns.turn();
    expect(seen).toEqual(['later']);
  });

  it('undo an operation that throws: its rows, its work, its effects', () => {
    const { turns, put, values } = queue();
    const seen: string[] = [];
    turns.atomically(() => put(1));
    expect(() =>
      turns.atomically(() => {
        put(2);
        turns.defer(() => seen.push('work'));
        turns.afterCommit(() => seen.push('effect'));
        turns.beforeCommit(() => seen.push('hook'));
        throw new Error('no');
      }),
    ).toThrow('no');
    turns.turn();
    expect([values(), seen]).toEqual([[1], []]);
  });

  it('end for good with any other error, rolled back', () => {
    const { turns, put, values } = queue();
    const seen: string[] = [];
    turns.afterCommit(() => seen.push('effect'));
    turns.defer(() => {
      put(1);
      throw new Error('broken');
    });
    expect(() => turns.turn()).toThrow('broken');
    expect([values(), seen, turns.pending]).toEqual([[], [], false]);
    expect(() => turns.atomically(() => put(2))).toThrow('broken');
  });

  it('take a bounded amount of work each, so that effects are not starved', () => {
    const { turns } = queue();
    let worked = 0;
    const more = () => {
      worked++;
      if (worked < 5000) turns.defer(more);
    };
    turns.defer(more);
    let workedBeforeEffect = 0;
    turns.afterCommit(() => {
      workedBeforeEffect = worked;
    });
    turns.turn();
    expect(workedBeforeEffect).toBeGreaterThan(0);
    expect(workedBeforeEffect).toBeLessThan(5000);
    while (turns.pending) turns.turn();
    expect(worked).toBe(5000);
  });

  it('commit rarely where nothing can be lost', () => {
    const { db, turns, put } = queue(false);
    for (let i = 0; i < 10; i++) {
      turns.defer(() => put(i));
      turns.turn();
    }
    expect(db.isTransaction).toBe(true);
    turns.commit();
    expect(db.isTransaction).toBe(false);
  });
});
