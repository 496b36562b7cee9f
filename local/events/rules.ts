// Buses and rules with their targets, kept in tables; patterns are compiled when first used.

import type { DatabaseSync } from 'node:sqlite';
import { AwsError } from '../service.ts';
import type { TargetInput } from './input.ts';
import { compilePattern, type Matcher } from './pattern.ts';

export interface RuleTarget extends TargetInput {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly RetryPolicy?: { readonly MaximumRetryAttempts?: number; readonly MaximumEventAgeInSeconds?: number };
  readonly DeadLetterConfig?: { readonly Arn?: string };
}

export interface Rule {
  readonly name: string;
  readonly bus: string;
  readonly arn: string;
  readonly pattern?: string;
  readonly schedule?: string;
  /** Epoch ms of its making: where a rate counts from. */
  readonly since: number;
  readonly enabled: boolean;
  readonly description?: string;
  readonly role?: string;
  readonly targets: readonly RuleTarget[];
}

export class Rules {
  readonly #rules = new Map<string, Rule>();
  readonly #matchers = new Map<string, Matcher>();
  readonly #buses = new Set<string>(['default']);
  readonly #statements;

  constructor(db: DatabaseSync) {
    db.exec(
      'CREATE TABLE IF NOT EXISTS events_bus (name TEXT PRIMARY KEY) WITHOUT ROWID, STRICT; ' +
        'CREATE TABLE IF NOT EXISTS events_rule (bus TEXT, name TEXT, rule TEXT NOT NULL, PRIMARY KEY (bus, name)) WITHOUT ROWID, STRICT',
    );
    for (const row of db.prepare('SELECT name FROM events_bus').all()) this.#buses.add(String(row.name));
    for (const row of db.prepare('SELECT rule FROM events_rule ORDER BY bus, name').all()) {
      const rule = JSON.parse(String(row.rule)) as Rule;
      this.#rules.set(keyOf(rule.bus, rule.name), rule);
    }
    this.#statements = {
      bus: db.prepare('INSERT OR IGNORE INTO events_bus VALUES (?)'),
      dropBus: db.prepare('DELETE FROM events_bus WHERE name = ?'),
      put: db.prepare('INSERT OR REPLACE INTO events_rule VALUES (?, ?, ?)'),
      drop: db.prepare('DELETE FROM events_rule WHERE bus = ? AND name = ?'),
    };
  }

  get buses(): string[] {
    return [...this.#buses].sort();
  }

  addBus(name: string): void {
    if (this.#buses.has(name))
      throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
    this.#statements.bus.run(name);
    this.#buses.add(name);
  }

  dropBus(name: string): void {
    if (name === 'default') throw new AwsError('ValidationException', 'Cannot delete event bus default.');
    if (this.list(name).length > 0)
      throw new AwsError('ValidationException', `Cannot delete event bus ${name}: it has rules.`);
    this.#statements.dropBus.run(name);
    this.#buses.delete(name);
  }

  /** `reference`: a name or an ARN; absent: default. @throws ResourceNotFoundException */
  bus(reference: unknown): string {
    const name = reference === undefined ? 'default' : String(reference).replace(/^arn:.*event-bus\//, '');
    if (!this.#buses.has(name)) throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
    return name;
  }

  list(bus: string): Rule[] {
    return [...this.#rules.values()].filter((rule) => rule.bus === bus);
  }

  all(): Rule[] {
    return [...this.#rules.values()];
  }

  find(bus: string, name: unknown): Rule {
    const rule = this.#rules.get(keyOf(bus, String(name)));
    if (!rule)
      throw new AwsError('ResourceNotFoundException', `Rule ${String(name)} does not exist on EventBus ${bus}.`);
    return rule;
  }

  has(bus: string, name: string): boolean {
    return this.#rules.has(keyOf(bus, name));
  }

  put(rule: Rule): void {
    this.#statements.put.run(rule.bus, rule.name, JSON.stringify(rule));
    this.#rules.set(keyOf(rule.bus, rule.name), rule);
  }

  drop(rule: Rule): void {
    if (rule.targets.length > 0)
      throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
    this.#statements.drop.run(rule.bus, rule.name);
    this.#rules.delete(keyOf(rule.bus, rule.name));
  }

  /** Enabled rules of the bus whose pattern the event matches. */
  matching(bus: string, event: object): Rule[] {
    return this.list(bus).filter(
      (rule) => rule.enabled && rule.pattern !== undefined && this.#matcher(rule.pattern)(event),
    );
  }

  #matcher(pattern: string): Matcher {
    let matcher = this.#matchers.get(pattern);
    if (!matcher) {
      matcher = compilePattern(pattern);
      this.#matchers.set(pattern, matcher);
    }
    return matcher;
  }
}

function keyOf(bus: string, name: string): string {
  return `${bus}/${name}`;
}
