// The keys of KMS as kept: Ed25519 pairs, the private half never leaving the store.

import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS kms_key (id TEXT PRIMARY KEY, seed TEXT NOT NULL, created INTEGER NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE IF NOT EXISTS kms_alias (name TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID, STRICT;
`;

/** DER before the 32 bytes of an Ed25519 private key (RFC 8410, §7). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface Key {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly created: number;
}

export class Keys {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    db.exec(SCHEMA);
  }

  /** `seed`: 32 bytes, base64url. */
  add(id: string, seed: string, created: number): void {
    this.#db.prepare('INSERT INTO kms_key (id, seed, created) VALUES (?, ?, ?)').run(id, seed, created);
  }

  alias(name: string, key: string): void {
    this.#db.prepare('INSERT OR REPLACE INTO kms_alias (name, key) VALUES (?, ?)').run(name, key);
  }

  /** By id, ARN, alias or an alias's ARN. */
  find(name: string): Key | undefined {
    const short = name.replace(/^arn:aws[^:]*:kms:[^:]*:[^:]*:/, '');
    const aliased = this.#db.prepare('SELECT key FROM kms_alias WHERE name = ?').get(short)?.key;
    const id = String(aliased ?? short.replace(/^key\//, ''));
    const row = this.#db.prepare('SELECT seed, created FROM kms_key WHERE id = ?').get(id);
    if (row === undefined) return undefined;
    const der = Buffer.concat([PKCS8_HEAD, Buffer.from(String(row.seed), 'base64url')]);
    const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    return { id, privateKey, created: Number(row.created) };
  }
}

/** SubjectPublicKeyInfo, DER, as KMS gives it out. */
export const publicDer = ({ privateKey }: Key): Uint8Array =>
  createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
