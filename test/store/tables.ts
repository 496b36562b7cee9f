// The tables and the bucket of the stack in a world of their own, through the same SDK classes the handlers use; with
// STORE_ENDPOINT on an AWS-compatible endpoint instead, so that the same cases hold every implementation.

import { openWorld, type World } from '../../local/world.ts';
import type { Bucket } from '../../store/objects.ts';
import type { Table } from '../../store/table.ts';
import { openElsewhere } from './elsewhere.ts';

export interface Tables {
  readonly table: Table;
  readonly ledger: Table;
  readonly bucket: Bucket;
  readonly world: World;
}

export const START = '2026-01-01T00:00:00.000Z';

/** ISO time `seconds` after START. */
export const at = (seconds: number): string => new Date(Date.parse(START) + seconds * 1000).toISOString();

export async function openTables(): Promise<Tables> {
  const { STORE_ENDPOINT, STORE_KIND } = process.env;
  if (STORE_ENDPOINT) return openElsewhere(STORE_ENDPOINT, STORE_KIND === 'dynalite' ? 'dynalite' : 'endpoint');
  const world = await openWorld({ clock: { kind: 'virtual', start: Date.parse(START) } });
  const { DynamoDBClient } = world.sdk('@aws-sdk/client-dynamodb');
  const { DynamoDBDocumentClient } = world.sdk('@aws-sdk/lib-dynamodb');
  const { S3Client } = world.sdk('@aws-sdk/client-s3');
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const key = [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ];
  const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' });
  await world.call('DynamoDB', 'CreateTable', {
    TableName: 'data',
    KeySchema: key,
    AttributeDefinitions: [text('pk'), text('sk'), text('gsi1pk'), text('gsi1sk')],
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    GlobalSecondaryIndexes: [
      {
        IndexName: 'gsi1',
        KeySchema: [
          { AttributeName: 'gsi1pk', KeyType: 'HASH' },
          { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
  await world.call('DynamoDB', 'CreateTable', {
    TableName: 'ledger',
    KeySchema: key,
    AttributeDefinitions: [text('pk'), text('sk')],
    BillingMode: 'PAY_PER_REQUEST',
  });
  await world.call('S3', 'CreateBucket', { Bucket: 'the-bucket' });
  return {
    world,
    table: { documents, name: 'data' },
    ledger: { documents, name: 'ledger' },
    bucket: { client: new S3Client({}), name: 'the-bucket' },
  };
}
