// S3: objects in buckets, with versions, conditional writes and listings. Inputs and outputs are those of the SDK's
// client-s3 commands, except that GetObject's Body is a Uint8Array. What is not offered is refused by name.

import type { Fabric, Service } from '../service.ts';
import { bucketOperations } from './bucket-operations.ts';
import { objectOperations } from './object-operations.ts';
import { ObjectStore } from './store.ts';

export interface S3Service extends Service {
  /** Whether a read would find the object; also true for a bucket that does not exist, whose absence anyone may learn. */
  hasObject(bucket: string, key: string, versionId?: string): boolean;
}

export function createS3(fabric: Fabric): S3Service {
  const store = new ObjectStore(fabric.db);
  return {
    name: 'S3',
    operations: { ...bucketOperations(fabric, store), ...objectOperations(fabric, store) },
    boot: () => undefined,
    hasObject: (bucket, key, versionId) => {
      if (store.bucket(bucket) === undefined) return true;
      const found = versionId === undefined ? store.current(bucket, key) : store.version(bucket, key, versionId);
      return found !== undefined && found.deleted === 0;
    },
  };
}
