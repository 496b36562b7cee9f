// Object Lock: versions that cannot be removed before a time. A bucket is made for it or never has it; a version is
// locked by its own request or by the bucket's default.

import type { DatabaseSync } from 'node:sqlite';
import { AwsError, type Operation } from '../service.ts';
import { invalidArgument, noSuchBucket } from './errors.ts';
import { names, onlyParameters } from './parameters.ts';

// A table of its own: stores made before there was Object Lock go on without it.
const SCHEMA = `
CREATE TABLE IF NOT EXISTS s3_lock (bucket TEXT PRIMARY KEY, configuration TEXT NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE IF NOT EXISTS s3_retention (seq INTEGER PRIMARY KEY, mode TEXT NOT NULL, until INTEGER NOT NULL) STRICT;
`;

const DAY_MS = 86_400_000;
const MODES: ReadonlySet<unknown> = new Set(['GOVERNANCE', 'COMPLIANCE']);
const PUT_CONFIGURATION = names('Bucket ObjectLockConfiguration ExpectedBucketOwner ContentMD5 ChecksumAlgorithm');
const ON_VERSION = names('Bucket Key VersionId ExpectedBucketOwner');

// biome-ignore lint/suspicious/noExplicitAny: a request as the SDK's command takes it
type Input = any;

interface Configuration {
  readonly ObjectLockEnabled: 'Enabled';
  readonly Rule?: {
    readonly DefaultRetention: { readonly Mode: string; readonly Days?: number; readonly Years?: number };
  };
}

export interface Retention {
  readonly mode: string;
  /** Epoch ms. */
  readonly until: number;
}

export class ObjectLocks {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    db.exec(SCHEMA);
  }

  enable(bucket: string): void {
    this.configure(bucket, { ObjectLockEnabled: 'Enabled' });
  }

  configure(bucket: string, configuration: Configuration): void {
    const text = JSON.stringify(configuration);
    this.#db.prepare('INSERT OR REPLACE INTO s3_lock (bucket, configuration) VALUES (?, ?)').run(bucket, text);
  }

  configuration(bucket: string): Configuration | undefined {
    const row = this.#db.prepare('SELECT configuration FROM s3_lock WHERE bucket = ?').get(bucket);
    return row === undefined ? undefined : (JSON.parse(String(row.configuration)) as Configuration);
  }

  keep(seq: number, { mode, until }: Retention): void {
    this.#db.prepare('INSERT OR REPLACE INTO s3_retention (seq, mode, until) VALUES (?, ?, ?)').run(seq, mode, until);
  }

  retention(seq: number): Retention | undefined {
    return this.#db.prepare('SELECT mode, until FROM s3_retention WHERE seq = ?').get(seq) as Retention | undefined;
  }

  /** What a new version is kept by; undefined when it is not. */
  retentionFor(bucket: string, input: Input, now: number): Retention | undefined {
    const configuration = this.configuration(bucket);
    const { ObjectLockMode: mode, ObjectLockRetainUntilDate: date } = input;
    if (mode === undefined && date === undefined) {
      const rule = configuration?.Rule?.DefaultRetention;
      if (rule === undefined) return undefined;
      return { mode: rule.Mode, until: now + (rule.Days ?? (rule.Years ?? 0) * 365) * DAY_MS };
    }
    if (configuration === undefined)
      throw new AwsError('InvalidRequest', 'Bucket is missing Object Lock Configuration', 400);
    if (!MODES.has(mode) || date === undefined)
      throw invalidArgument('x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied');
    const until = new Date(date).getTime();
    if (!(until > now)) throw invalidArgument('The retain until date must be in the future!');
    return { mode, until };
  }

  /** @throws AwsError AccessDenied when the version is still kept. */
  checkRemoval(seq: number, now: number): void {
    const kept = this.retention(seq);
    if (kept === undefined || kept.until <= now) return;
    throw new AwsError('AccessDenied', 'Access Denied because object protected by object lock.', 403);
  }
}

export interface Versions {
  exists(bucket: string): boolean;
  /** Number of the version; throws NoSuchKey or NoSuchVersion. */
  seqOf(input: Input): number;
}

export function objectLockOperations(locks: ObjectLocks, versions: Versions): Record<string, Operation> {
  return {
    PutObjectLockConfiguration: (input) => {
      onlyParameters('PutObjectLockConfiguration', input, PUT_CONFIGURATION);
      if (!versions.exists(input.Bucket)) throw noSuchBucket(input.Bucket);
      if (locks.configuration(input.Bucket) === undefined)
        throw new AwsError(
          'InvalidBucketState',
          'Object Lock configuration cannot be enabled on existing buckets',
          409,
        );
      locks.configure(input.Bucket, checked(input.ObjectLockConfiguration));
      return {};
    },
    GetObjectLockConfiguration: (input) => {
      if (!versions.exists(input.Bucket)) throw noSuchBucket(input.Bucket);
      const found = locks.configuration(input.Bucket);
      if (found === undefined)
        throw new AwsError(
          'ObjectLockConfigurationNotFoundError',
          'Object Lock configuration does not exist for this bucket',
          404,
        );
      return { ObjectLockConfiguration: found };
    },
    GetObjectRetention: (input) => {
      onlyParameters('GetObjectRetention', input, ON_VERSION);
      const kept = locks.retention(versions.seqOf(input));
      if (kept === undefined)
        throw new AwsError(
          'NoSuchObjectLockConfiguration',
          'The specified object does not have a ObjectLock configuration',
          404,
        );
      return { Retention: { Mode: kept.mode, RetainUntilDate: new Date(kept.until) } };
    },
  };
}

function checked(configuration: Input): Configuration {
  const rule = configuration?.Rule?.DefaultRetention;
  const oneLength = rule === undefined || (rule.Days === undefined) !== (rule.Years === undefined);
  const lawful = rule === undefined || (MODES.has(rule.Mode) && oneLength);
  if (configuration?.ObjectLockEnabled !== 'Enabled' || !lawful)
    throw new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  return configuration as Configuration;
}
