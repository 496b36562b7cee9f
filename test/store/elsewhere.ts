// Tables and a bucket on another implementation than local/: an AWS-compatible endpoint, or dynalite, which has no
// transactions. Made anew for each test, so that nothing of one is seen by another.

import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { openWorld, type World } from '../../local/world.ts';
import type { Tables } from './tables.ts';
import { takeApart } from './take-apart.ts';

const KEY = [
  { AttributeName: 'pk', KeyType: 'HASH' as const },
  { AttributeName: 'sk', KeyType: 'RANGE' as const },
];
const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });
const INDEX = {
  IndexName: 'gsi1',
  KeySchema: [
    { AttributeName: 'gsi1pk', KeyType: 'HASH' as const },
    { AttributeName: 'gsi1sk', KeyType: 'RANGE' as const },
  ],
  Projection: { ProjectionType: 'ALL' as const },
};

/** @param kind `dynalite`: transactions are taken apart into their single writes. */
export async function openElsewhere(endpoint: string, kind: 'endpoint' | 'dynalite'): Promise<Tables> {
  const reach = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const client = new DynamoDBClient(reach);
  const id = randomUUID().slice(0, 8);
  const common = { KeySchema: KEY, BillingMode: 'PAY_PER_REQUEST' as const };
  const keys = [text('pk'), text('sk')];
  await client.send(
    new CreateTableCommand({
      ...common,
      TableName: `data-${id}`,
      AttributeDefinitions: [...keys, text('gsi1pk'), text('gsi1sk')],
      GlobalSecondaryIndexes: [INDEX],
    }),
  );
  await client.send(new CreateTableCommand({ ...common, TableName: `ledger-${id}`, AttributeDefinitions: keys }));
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  if (kind === 'dynalite') takeApart(documents);
  // Objects beside dynalite are kept by local/.
  const world = kind === 'dynalite' ? await openWorld({ clock: { kind: 'virtual', start: 0 } }) : undefined;
  const objects: S3Client = world
    ? new (world.sdk('@aws-sdk/client-s3').S3Client)({})
    : new S3Client({ ...reach, forcePathStyle: true });
  await objects.send(new CreateBucketCommand({ Bucket: `bucket-${id}` }));
  const close = async () => {
    client.destroy();
    await world?.close();
  };
  return {
    // Tests of the store do nothing with the world but close it.
    world: { close } as World,
    table: { documents, name: `data-${id}` },
    ledger: { documents, name: `ledger-${id}` },
    bucket: { client: objects, name: `bucket-${id}` },
  };
}
