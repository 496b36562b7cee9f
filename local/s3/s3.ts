// S3: objects in buckets, with versions, conditional writes and listings. Inputs and outputs are those of the SDK's
// client-s3 commands, except that GetObject's Body is a Uint8Array. What is not offered is refused by name.

import type { Fabric, Service } from '../service.ts';
import { bucketOperations } from './bucket-operations.ts';
import { objectOperations } from './object-operations.ts';
import { ObjectStore } from './store.ts';

export function createS3(fabric: Fabric): Service {
  const store = new ObjectStore(fabric.db);
  return {
    name: 'S3',
    operations: { ...bucketOperations(fabric, store), ...objectOperations(fabric, store) },
    boot: () => undefined,
  };
}
