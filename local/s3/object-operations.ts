// PutObject, GetObject, HeadObject, DeleteObject(s), CopyObject.

import { createHash } from 'node:crypto';
import type { Fabric, Operation } from '../service.ts';
import { bytesOf } from './body.ts';
import { checkRead, checkWrite, rangeOf } from './conditions.ts';
import { headNotFound, invalidArgument, noSuchBucket, noSuchKey, noSuchVersion } from './errors.ts';
import type { ObjectLocks } from './object-lock.ts';
import { names, onlyParameters } from './parameters.ts';
import type { BucketRow, ObjectStore, VersionRow } from './store.ts';

// biome-ignore lint/suspicious/noExplicitAny: a request as the SDK's command takes it
type Input = any;

/** Members kept with an object and given back with it. */
const HEADERS = [
  'CacheControl',
  'ContentDisposition',
  'ContentEncoding',
  'ContentLanguage',
  'ContentType',
  'Metadata',
  'StorageClass',
] as const;
/** Accepted and without effect here: encryption and transport are not simulated. */
const PASSIVE =
  'ServerSideEncryption SSEKMSKeyId BucketKeyEnabled ChecksumAlgorithm ChecksumMode ContentLength ContentMD5 ExpectedBucketOwner';
const LOCK = 'ObjectLockMode ObjectLockRetainUntilDate';
const PUT = names(`Bucket Key Body IfMatch IfNoneMatch ChecksumCRC32 ${LOCK} ${HEADERS.join(' ')} ${PASSIVE}`);
const GET = names(`Bucket Key VersionId Range IfMatch IfNoneMatch ${PASSIVE}`);
const DELETE = names('Bucket Key VersionId IfMatch ExpectedBucketOwner');
const COPY = names(`Bucket Key CopySource MetadataDirective IfMatch IfNoneMatch ${HEADERS.join(' ')} ${PASSIVE}`);
const MAX_KEY_BYTES = 1024;
const VERSION_BYTES = 24;

export function objectOperations(fabric: Fabric, store: ObjectStore, locks: ObjectLocks): Record<string, Operation> {
  const objects = new Objects(fabric, store, locks);
  return {
    PutObject: (input) => objects.put(input),
    GetObject: (input) => objects.get(input),
    HeadObject: (input) => objects.head(input),
    DeleteObject: (input) => objects.delete(input),
    DeleteObjects: (input) => objects.deleteMany(input),
    CopyObject: (input) => objects.copy(input),
  };
}

class Objects {
  readonly #fabric: Fabric;
  readonly #store: ObjectStore;
  readonly #locks: ObjectLocks;

  constructor(fabric: Fabric, store: ObjectStore, locks: ObjectLocks) {
    this.#fabric = fabric;
    this.#store = store;
    this.#locks = locks;
  }

  put(input: Input): object {
    onlyParameters('PutObject', input, PUT);
    const bucket = bucketOf(this.#store, input.Bucket);
    const body = bytesOf(input.Body);
    return this.#write(bucket, input, body, headersOf(input));
  }

  copy(input: Input): object {
    onlyParameters('CopyObject', input, COPY);
    const bucket = bucketOf(this.#store, input.Bucket);
    const source = decodeURIComponent(String(input.CopySource).replace(/^\//, ''));
    const [path = '', versionId] = source.split('?versionId=');
    const slash = path.indexOf('/');
    if (slash < 1) throw invalidArgument(`Invalid copy source object key: ${input.CopySource}`);
    const from = findVersion(this.#store, {
      Bucket: path.slice(0, slash),
      Key: path.slice(slash + 1),
      VersionId: versionId,
    });
    const headers = input.MetadataDirective === 'REPLACE' ? headersOf(input) : from.headers;
    const { ETag, VersionId } = this.#write(bucket, input, this.#store.body(from.seq), headers);
    const CopyObjectResult = { ETag, LastModified: new Date(this.#fabric.clock.now()) };
    return { CopyObjectResult, ...(VersionId === undefined ? {} : { VersionId }) };
  }

  get(input: Input): object {
    onlyParameters('GetObject', input, GET);
    const found = findVersion(this.#store, input);
    checkRead(input, found);
    const body = this.#store.body(found.seq);
    const range = rangeOf(input.Range, found.size);
    const part = range === undefined ? body : body.slice(range.start, range.end);
    const ContentRange =
      range === undefined ? {} : { ContentRange: `bytes ${range.start}-${range.end - 1}/${found.size}` };
    return { ...this.#describe(input.Bucket, found), ...ContentRange, ContentLength: part.byteLength, Body: part };
  }

  head(input: Input): object {
    onlyParameters('HeadObject', input, GET);
    try {
      const found = findVersion(this.#store, input);
      checkRead(input, found);
      return { ...this.#describe(input.Bucket, found), ContentLength: found.size };
    } catch (error) {
      if ((error as { status?: number }).status === 404) throw headNotFound();
      throw error;
    }
  }

  /** Without a version: a delete marker in a versioned bucket, else the object goes. Deleting what is not there succeeds. */
  delete(input: Input): { VersionId?: string; DeleteMarker?: true } {
    onlyParameters('DeleteObject', input, DELETE);
    const bucket = bucketOf(this.#store, input.Bucket);
    const current = this.#store.current(bucket.name, input.Key);
    if (input.IfMatch !== undefined) checkWrite({ IfMatch: input.IfMatch }, input.Key, current);
    if (input.VersionId !== undefined) {
      const version = this.#store.version(bucket.name, input.Key, input.VersionId);
      if (version !== undefined) {
        this.#locks.checkRemoval(version.seq, this.#fabric.clock.now());
        this.#store.remove(bucket.name, version);
      }
      return { VersionId: input.VersionId, ...(version?.deleted === 1 ? { DeleteMarker: true } : {}) };
    }
    if (bucket.versioning === '') {
      if (current !== undefined) this.#store.remove(bucket.name, current);
      return {};
    }
    const version = this.#nextVersion(bucket, input.Key);
    const marker = { key: input.Key, version, deleted: 1, modified: this.#fabric.clock.now() };
    this.#store.add(bucket.name, { ...marker, etag: '', size: 0, headers: '{}' }, new Uint8Array());
    return { VersionId: version, DeleteMarker: true };
  }

  deleteMany(input: Input): object {
    onlyParameters('DeleteObjects', input, names(`Bucket Delete ${PASSIVE}`));
    const { Objects: objects = [], Quiet } = input.Delete ?? {};
    const Deleted = (objects as Input[]).map(({ Key, VersionId }) => {
      const { DeleteMarker, VersionId: version } = this.delete({ Bucket: input.Bucket, Key, VersionId });
      const marker = DeleteMarker === true ? { DeleteMarker, DeleteMarkerVersionId: version } : {};
      return { Key, ...(VersionId === undefined ? {} : { VersionId }), ...marker };
    });
    return Quiet === true ? {} : { Deleted };
  }

  #write(bucket: BucketRow, input: Input, body: Uint8Array, headers: string): { ETag: string; VersionId?: string } {
    const key = checkKey(input.Key);
    checkWrite(input, key, this.#store.current(bucket.name, key));
    const etag = createHash('md5').update(body).digest('hex');
    const version = this.#nextVersion(bucket, key);
    const modified = this.#fabric.clock.now();
    const kept = this.#locks.retentionFor(bucket.name, input, modified);
    const seq = this.#store.add(
      bucket.name,
      { key, version, deleted: 0, modified, etag, size: body.byteLength, headers },
      body,
    );
    if (kept !== undefined) this.#locks.keep(seq, kept);
    return { ETag: `"${etag}"`, ...(bucket.versioning === '' ? {} : { VersionId: version }) };
  }

  /** Where versions are not kept there is one, named null, and the next takes its place. */
  #nextVersion(bucket: BucketRow, key: string): string {
    if (bucket.versioning === 'Enabled') return this.#fabric.random.token(VERSION_BYTES);
    const replaced = this.#store.version(bucket.name, key, 'null');
    if (replaced !== undefined) this.#store.remove(bucket.name, replaced);
    return 'null';
  }

  #describe(bucketName: string, row: VersionRow): object {
    const versioned = this.#store.bucket(bucketName)?.versioning !== '';
    return {
      AcceptRanges: 'bytes',
      ContentType: 'application/octet-stream',
      Metadata: {},
      ...JSON.parse(row.headers),
      ETag: `"${row.etag}"`,
      LastModified: new Date(Math.floor(row.modified / 1000) * 1000),
      ...(versioned ? { VersionId: row.version } : {}),
    };
  }
}

function bucketOf(store: ObjectStore, name: string): BucketRow {
  const bucket = store.bucket(name);
  if (bucket === undefined) throw noSuchBucket(name);
  return bucket;
}

/** @throws AwsError NoSuchBucket, NoSuchKey, NoSuchVersion. */
export function findVersion(
  store: ObjectStore,
  input: { Bucket: string; Key: string; VersionId?: string },
): VersionRow {
  const bucket = bucketOf(store, input.Bucket);
  const key = checkKey(input.Key);
  if (input.VersionId === undefined) {
    const current = store.current(bucket.name, key);
    if (current === undefined || current.deleted === 1) throw noSuchKey(key);
    return current;
  }
  const version = store.version(bucket.name, key, input.VersionId);
  if (version === undefined || version.deleted === 1) throw noSuchVersion(key, input.VersionId);
  return version;
}

function headersOf(input: Input): string {
  const kept = HEADERS.filter((name) => input[name] !== undefined).map((name) => [name, input[name]]);
  return JSON.stringify(Object.fromEntries(kept));
}

function checkKey(key: unknown): string {
  if (typeof key !== 'string' || key === '') throw invalidArgument('A key must be specified');
  if (Buffer.byteLength(key) <= MAX_KEY_BYTES) return key;
  throw Object.assign(invalidArgument('Your key is too long'), { name: 'KeyTooLongError' });
}
