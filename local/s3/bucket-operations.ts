// Buckets and listings.

import { AwsError, type Fabric, type Operation } from '../service.ts';
import { headNotFound, invalidArgument, noSuchBucket } from './errors.ts';
import type { ObjectLocks } from './object-lock.ts';
import { names, onlyParameters } from './parameters.ts';
import type { BucketRow, ObjectStore, VersionRow } from './store.ts';

// biome-ignore lint/suspicious/noExplicitAny: a request as the SDK's command takes it
type Input = any;

const CREATE = names('Bucket CreateBucketConfiguration ObjectOwnership ObjectLockEnabledForBucket');
const BUCKET = names('Bucket ExpectedBucketOwner');
const VERSIONING = names('Bucket VersioningConfiguration ExpectedBucketOwner');
const LIST = names(
  'Bucket Prefix Delimiter MaxKeys StartAfter ContinuationToken EncodingType FetchOwner ExpectedBucketOwner',
);
const VERSIONS = names('Bucket Prefix ExpectedBucketOwner');
const MAX_KEYS = 1000;

export function bucketOperations(fabric: Fabric, store: ObjectStore, locks: ObjectLocks): Record<string, Operation> {
  const existing = (input: Input): BucketRow => {
    const bucket = store.bucket(input.Bucket);
    if (bucket === undefined) throw noSuchBucket(input.Bucket);
    return bucket;
  };
  return {
    CreateBucket: (input) => {
      onlyParameters('CreateBucket', input, CREATE);
      createBucket(fabric, store, input.Bucket);
      if (input.ObjectLockEnabledForBucket === true) {
        // Locked versions need versions.
        store.setVersioning(input.Bucket, 'Enabled');
        locks.enable(input.Bucket);
      }
      return { Location: `/${input.Bucket}` };
    },
    HeadBucket: (input) => {
      onlyParameters('HeadBucket', input, BUCKET);
      if (store.bucket(input.Bucket) === undefined) throw headNotFound();
      return { BucketRegion: fabric.region };
    },
    DeleteBucket: (input) => {
      onlyParameters('DeleteBucket', input, BUCKET);
      const { name } = existing(input);
      if (!store.isEmpty(name))
        throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409, { BucketName: name });
      store.dropBucket(name);
      return {};
    },
    ListBuckets: () => ({
      Buckets: store.buckets().map(({ name, created }) => ({ Name: name, CreationDate: new Date(created) })),
    }),
    PutBucketVersioning: (input) => {
      onlyParameters('PutBucketVersioning', input, VERSIONING);
      const status = input.VersioningConfiguration?.Status;
      if (status !== 'Enabled' && status !== 'Suspended')
        throw new AwsError('MalformedXML', `Versioning status must be Enabled or Suspended, found ${status}`);
      const { name } = existing(input);
      if (status === 'Suspended' && locks.configuration(name) !== undefined)
        throw new AwsError(
          'InvalidBucketState',
          'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
          409,
        );
      store.setVersioning(name, status);
      return {};
    },
    GetBucketVersioning: (input) => {
      onlyParameters('GetBucketVersioning', input, BUCKET);
      const { versioning } = existing(input);
      return versioning === '' ? {} : { Status: versioning };
    },
    ListObjectsV2: (input) => {
      onlyParameters('ListObjectsV2', input, LIST);
      return listObjects(store, existing(input).name, input);
    },
    ListObjectVersions: (input) => {
      onlyParameters('ListObjectVersions', input, VERSIONS);
      return listVersions(store, existing(input).name, input.Prefix ?? '');
    },
  };
}

function createBucket(fabric: Fabric, store: ObjectStore, name: string): void {
  if (typeof name !== 'string' || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name))
    throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName: name });
  if (store.bucket(name) !== undefined)
    throw new AwsError(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      409,
      { BucketName: name },
    );
  store.addBucket(name, fabric.clock.now());
}

function listObjects(store: ObjectStore, bucket: string, input: Input): object {
  const { Prefix = '', Delimiter = '', StartAfter = '' } = input;
  const max = Math.min(MAX_KEYS, input.MaxKeys ?? MAX_KEYS);
  const Contents: object[] = [];
  const prefixes = new Set<string>();
  let after: string = input.ContinuationToken === undefined ? StartAfter : decodeToken(input.ContinuationToken);
  let more = false;
  for (const row of store.list(bucket, Prefix, after)) {
    if (!row.key.startsWith(Prefix)) break;
    const group = commonPrefix(row.key, Prefix, Delimiter);
    // A page that ended with a common prefix goes on behind everything under it.
    if (group !== undefined && (prefixes.has(group) || (Delimiter !== '' && after === group))) continue;
    if (Contents.length + prefixes.size >= max) {
      more = max > 0;
      break;
    }
    if (group === undefined) Contents.push(summary(row));
    else prefixes.add(group);
    after = group ?? row.key;
  }
  return {
    Name: bucket,
    Prefix,
    MaxKeys: max,
    KeyCount: Contents.length + prefixes.size,
    IsTruncated: more,
    ...(Delimiter === '' ? {} : { Delimiter }),
    ...(StartAfter === '' ? {} : { StartAfter }),
    ...(input.ContinuationToken === undefined ? {} : { ContinuationToken: input.ContinuationToken }),
    ...(Contents.length === 0 ? {} : { Contents }),
    ...(prefixes.size === 0 ? {} : { CommonPrefixes: [...prefixes].map((one) => ({ Prefix: one })) }),
    ...(more ? { NextContinuationToken: Buffer.from(after).toString('base64url') } : {}),
  };
}

function decodeToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (text === '') throw invalidArgument('The continuation token provided is incorrect');
  return text;
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}

function summary(row: VersionRow): object {
  return {
    Key: row.key,
    LastModified: new Date(Math.floor(row.modified / 1000) * 1000),
    ETag: `"${row.etag}"`,
    Size: row.size,
    StorageClass: (JSON.parse(row.headers) as { StorageClass?: string }).StorageClass ?? 'STANDARD',
  };
}

function listVersions(store: ObjectStore, bucket: string, prefix: string): object {
  const Versions: object[] = [];
  const DeleteMarkers: object[] = [];
  for (const row of store.versions(bucket, prefix)) {
    if (!row.key.startsWith(prefix)) break;
    const version = { VersionId: row.version, IsLatest: row.current === 1 };
    if (row.deleted === 0) Versions.push({ ...summary(row), ...version });
    else DeleteMarkers.push({ Key: row.key, LastModified: new Date(row.modified), ...version });
  }
  return { Name: bucket, Prefix: prefix, IsTruncated: false, Versions, DeleteMarkers };
}
