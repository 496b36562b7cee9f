// The functions there are: their configuration, kept in a table, found by name or ARN.

import type { DatabaseSync } from 'node:sqlite';
import { AwsError } from '../service.ts';

export interface FunctionConfiguration {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  /** Role ARN its calls are made with; absent: unchecked. */
  readonly role?: string;
  /** `file.export` */
  readonly handler: string;
  /** Folder of its code. */
  readonly codePath: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number;
  readonly retries: AsyncRetries;
}

/** What becomes of an asynchronous invocation that fails. */
export interface AsyncRetries {
  readonly attempts: number;
  readonly maximumAgeMs: number;
  /** ARN of a queue, function or bus told of a final failure. */
  readonly onFailure?: string;
}

export class Functions {
  readonly #known = new Map<string, FunctionConfiguration>();
  readonly #write: (configuration: FunctionConfiguration) => void;
  readonly #erase: (name: string) => void;

  constructor(db: DatabaseSync) {
    db.exec(
      'CREATE TABLE IF NOT EXISTS lambda_function (name TEXT PRIMARY KEY, configuration TEXT NOT NULL) WITHOUT ROWID, STRICT',
    );
    for (const row of db.prepare('SELECT configuration FROM lambda_function').all()) {
      const configuration = JSON.parse(String(row.configuration)) as FunctionConfiguration;
      this.#known.set(configuration.name, configuration);
    }
    const write = db.prepare('INSERT OR REPLACE INTO lambda_function VALUES (?, ?)');
    const erase = db.prepare('DELETE FROM lambda_function WHERE name = ?');
    this.#write = (configuration) => write.run(configuration.name, JSON.stringify(configuration));
    this.#erase = (name) => erase.run(name);
  }

  list(): FunctionConfiguration[] {
    return [...this.#known.values()].sort((x, y) => (x.name < y.name ? -1 : 1));
  }

  get(name: string): FunctionConfiguration | undefined {
    return this.#known.get(name);
  }

  /** `reference`: a name, a partial or a full ARN, with or without a version. @throws ResourceNotFoundException */
  find(reference: unknown, arnOf: (name: string) => string): FunctionConfiguration {
    const parts = String(reference ?? '').split(':');
    const at = parts.indexOf('function');
    const name = at >= 0 ? parts[at + 1] : parts[0];
    const found = this.#known.get(name ?? '');
    if (found) return found;
    throw new AwsError('ResourceNotFoundException', `Function not found: ${arnOf(name ?? '')}`, 404, { Type: 'User' });
  }

  put(configuration: FunctionConfiguration): void {
    this.#write(configuration);
    this.#known.set(configuration.name, configuration);
  }

  delete(name: string): void {
    this.#erase(name);
    this.#known.delete(name);
  }
}
