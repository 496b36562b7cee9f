// Schedules and their groups, kept in tables.

import type { DatabaseSync } from 'node:sqlite';
import { AwsError } from '../service.ts';

export interface ScheduleTarget {
  readonly Arn: string;
  readonly RoleArn: string;
  readonly Input?: string;
  readonly RetryPolicy?: { readonly MaximumRetryAttempts?: number; readonly MaximumEventAgeInSeconds?: number };
  readonly DeadLetterConfig?: { readonly Arn?: string };
}

export interface Schedule {
  readonly group: string;
  readonly name: string;
  readonly arn: string;
  readonly expression: string;
  readonly timeZone: string;
  readonly target: ScheduleTarget;
  readonly enabled: boolean;
  readonly deleteWhenDone: boolean;
  /** Epoch ms. */
  readonly startsAt?: number;
  readonly endsAt?: number;
  readonly description?: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly clientToken?: string;
  /** When it fires next (epoch ms); absent when it never will again. */
  readonly nextAt?: number;
}

export class Schedules {
  readonly #statements;

  constructor(db: DatabaseSync) {
    db.exec(
      'CREATE TABLE IF NOT EXISTS scheduler_group (name TEXT PRIMARY KEY, createdAt INTEGER NOT NULL) WITHOUT ROWID, STRICT; ' +
        'CREATE TABLE IF NOT EXISTS scheduler_schedule (groupName TEXT, name TEXT, schedule TEXT NOT NULL, nextAt INTEGER, ' +
        'PRIMARY KEY (groupName, name)) WITHOUT ROWID, STRICT',
    );
    this.#statements = {
      groups: db.prepare('SELECT name, createdAt FROM scheduler_group ORDER BY name'),
      group: db.prepare('SELECT name, createdAt FROM scheduler_group WHERE name = ?'),
      addGroup: db.prepare('INSERT INTO scheduler_group VALUES (?, ?)'),
      dropGroup: db.prepare('DELETE FROM scheduler_group WHERE name = ?'),
      get: db.prepare('SELECT schedule FROM scheduler_schedule WHERE groupName = ? AND name = ?'),
      list: db.prepare('SELECT schedule FROM scheduler_schedule ORDER BY groupName, name'),
      armed: db.prepare(
        'SELECT schedule FROM scheduler_schedule WHERE nextAt IS NOT NULL ORDER BY nextAt, groupName, name',
      ),
      put: db.prepare('INSERT OR REPLACE INTO scheduler_schedule VALUES (?, ?, ?, ?)'),
      drop: db.prepare('DELETE FROM scheduler_schedule WHERE groupName = ? AND name = ?'),
    };
  }

  groups(): { readonly name: string; readonly createdAt: number }[] {
    const own = this.#statements.groups
      .all()
      .map((row) => ({ name: String(row.name), createdAt: Number(row.createdAt) }));
    return [{ name: 'default', createdAt: 0 }, ...own];
  }

  /** @throws ResourceNotFoundException */
  group(name: string): string {
    if (name === 'default' || this.#statements.group.get(name)) return name;
    throw new AwsError('ResourceNotFoundException', `Schedule group ${name} does not exist.`, 404);
  }

  addGroup(name: string, now: number): void {
    if (name === 'default' || this.#statements.group.get(name)) {
      throw new AwsError('ConflictException', `Schedule group ${name} already exists.`, 409);
    }
    this.#statements.addGroup.run(name, now);
  }

  /** Deletes the group with its schedules, which are returned. */
  dropGroup(name: string): Schedule[] {
    this.#statements.dropGroup.run(this.group(name));
    const members = this.list().filter((schedule) => schedule.group === name);
    for (const member of members) this.drop(member);
    return members;
  }

  get(group: string, name: string): Schedule | undefined {
    const row = this.#statements.get.get(group, name);
    return row && (JSON.parse(String(row.schedule)) as Schedule);
  }

  /** @throws ResourceNotFoundException */
  find(group: string, name: unknown): Schedule {
    const schedule = this.get(group, String(name));
    if (schedule) return schedule;
    throw new AwsError('ResourceNotFoundException', `Schedule ${String(name)} does not exist.`, 404);
  }

  list(): Schedule[] {
    return this.#statements.list.all().map((row) => JSON.parse(String(row.schedule)) as Schedule);
  }

  armed(): Schedule[] {
    return this.#statements.armed.all().map((row) => JSON.parse(String(row.schedule)) as Schedule);
  }

  put(schedule: Schedule): void {
    const armed = schedule.enabled ? (schedule.nextAt ?? null) : null;
    this.#statements.put.run(schedule.group, schedule.name, JSON.stringify(schedule), armed);
  }

  drop(schedule: Schedule): void {
    this.#statements.drop.run(schedule.group, schedule.name);
  }
}
