// S3: objects in buckets, with versions, conditional writes and listings. Inputs and outputs are those of the SDK's
// client-s3 commands, except that GetObject's Body is a Uint8Array. What is not offered is refused by name.

import type { Fabric, Service } from '../service.ts';
import { bucketOperations } from './bucket-operations.ts';
import { ObjectLocks, objectLockOperations } from './object-lock.ts';
import { findVersion, objectOperations } from './object-operations.ts';
import { ObjectStore } from './store.ts';

export interface S3Service extends Service {
  /** Whether a read would find the object; also true for a bucket that does not exist, whose absence anyone may learn. */
  hasObject(bucket: string, key: string, versionId?: string): boolean;
}

export function createS3(fabric: Fabric): S3Service {
  const store = new ObjectStore(fabric.db);
  const locks = new ObjectLocks(fabric.db);
  const versions = {
    exists: (bucket: string) => store.bucket(bucket) !== undefined,
    seqOf: (input: Parameters<typeof findVersion>[1]) => findVersion(store, input).seq,
  };
  return {
    name: 'S3',
    operations: {
      ...bucketOperations(fabric, store, locks),
      ...objectOperations(fabric, store, locks),
      ...objectLockOperations(locks, versions),
    },
    boot: () => undefined,
    hasObject: (bucket, key, versionId) => {
      if (store.bucket(bucket) === undefined) return true;
      const found = versionId === undefined ? store.current(bucket, key) : store.version(bucket, key, versionId);
      return found !== undefined && found.deleted === 0;
    },
  };
}
