// The named things of the API beside executions: machines, versions, aliases, activities. In memory, written through to the store.

import type { Store } from '../engine/store.ts';

export interface Machine {
  readonly arn: string;
  readonly name: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly createdAt: number;
  definitionHash: string;
  roleArn: string;
  revisionId: string;
  updatedAt: number;
  loggingConfiguration: object | undefined;
  tracingConfiguration: object;
  encryptionConfiguration: object;
  tags: Record<string, string>;
  /** Number of the version published last; versions deleted keep theirs. */
  lastVersion: number;
  variableReferences: Record<string, string[]>;
}

export interface Version {
  readonly arn: string;
  readonly machineArn: string;
  readonly number: number;
  readonly createdAt: number;
  readonly revisionId: string;
  readonly definitionHash: string;
  readonly roleArn: string;
  readonly description: string;
  readonly loggingConfiguration: object | undefined;
  readonly tracingConfiguration: object;
  readonly variableReferences: Record<string, string[]>;
}

export interface Route {
  readonly stateMachineVersionArn: string;
  readonly weight: number;
}

export interface Alias {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly createdAt: number;
  description: string | undefined;
  routes: Route[];
  updatedAt: number;
}

export interface Activity {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: number;
  readonly encryptionConfiguration: object | undefined;
  tags: Record<string, string>;
}

/** A table of resources by ARN, in the order of making. */
export class Table<T extends { readonly arn: string }> {
  readonly #kind: string;
  readonly #store: Store;
  readonly #rows = new Map<string, T>();

  constructor(store: Store, kind: string) {
    this.#kind = kind;
    this.#store = store;
    for (const row of store.all('SELECT body FROM sfn_resource WHERE kind = ?', kind)) {
      const value = JSON.parse(row.body as string) as T;
      this.#rows.set(value.arn, value);
    }
  }

  get(arn: string): T | undefined {
    return this.#rows.get(arn);
  }

  all(): T[] {
    return [...this.#rows.values()];
  }

  save(value: T): T {
    this.#rows.set(value.arn, value);
    this.#store.run(
      'INSERT OR REPLACE INTO sfn_resource VALUES (?, ?, ?)',
      this.#kind,
      value.arn,
      JSON.stringify(value),
    );
    return value;
  }

  remove(arn: string): boolean {
    if (!this.#rows.delete(arn)) return false;
    this.#store.run('DELETE FROM sfn_resource WHERE kind = ? AND arn = ?', this.#kind, arn);
    return true;
  }
}

export class Resources {
  readonly machines: Table<Machine>;
  readonly versions: Table<Version>;
  readonly aliases: Table<Alias>;
  readonly activities: Table<Activity>;

  constructor(store: Store) {
    this.machines = new Table(store, 'machine');
    this.versions = new Table(store, 'version');
    this.aliases = new Table(store, 'alias');
    this.activities = new Table(store, 'activity');
  }
}
