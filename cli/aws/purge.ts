// Removes what a stack leaves behind on purpose: its tables, its buckets with every version of every object, and, asked for
// by name, what was sealed.

import { DeleteTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Connection } from './connection.ts';

export interface Leftovers {
  readonly tables: readonly string[];
  readonly buckets: readonly string[];
  /** Buckets of sealed ledgers, whose objects are locked. */
  readonly sealed: readonly string[];
}

/** What carries the stage's data is named by CloudFormation: stack, construct path, hash, and a random part. */
const pathOf = (stackName: string, construct: 'data' | 'sealing'): RegExp =>
  new RegExp(`^${stackName}-${construct}[a-z]+[0-9a-f]{8}-[0-9a-z]+$`, 'i');

/** Also finds what an earlier `destroy` without `--purge` has left. */
export async function leftoversOf(connection: Connection, stackName: string): Promise<Leftovers> {
  const ours = pathOf(stackName, 'data');
  const locked = pathOf(stackName, 'sealing');
  const tables: string[] = [];
  const client = new DynamoDBClient(connection.client);
  let from: string | undefined;
  do {
    const page = await client.send(new ListTablesCommand({ ExclusiveStartTableName: from }));
    tables.push(...(page.TableNames ?? []).filter((name) => ours.test(name)));
    from = page.LastEvaluatedTableName;
  } while (from !== undefined);
  const { Buckets = [] } = await objects(connection).send(new ListBucketsCommand({}));
  const names = Buckets.map(({ Name }) => Name as string);
  return {
    tables,
    buckets: names.filter((name) => ours.test(name)),
    sealed: names.filter((name) => locked.test(name)),
  };
}

/**
 * Removing sealed buckets overrules their lock, for which the caller needs s3:BypassGovernanceRetention.
 * @returns what could not be removed, each with the reason.
 */
export async function purge(connection: Connection, { tables, buckets, sealed }: Leftovers): Promise<string[]> {
  const kept: string[] = [];
  const attempt = async (what: string, act: () => Promise<unknown>) => {
    try {
      await act();
    } catch (thrown) {
      const { name, message } = thrown as Error;
      if (name !== 'ResourceNotFoundException' && name !== 'NoSuchBucket') kept.push(`${what}: ${message}`);
    }
  };
  const rows = new DynamoDBClient(connection.client);
  const client = objects(connection);
  for (const name of tables)
    await attempt(`table ${name}`, () => rows.send(new DeleteTableCommand({ TableName: name })));
  for (const name of [...buckets, ...sealed]) {
    await attempt(`bucket ${name}`, async () => {
      await emptyBucket(client, name, sealed.includes(name));
      await client.send(new DeleteBucketCommand({ Bucket: name }));
    });
  }
  return kept;
}

function objects({ client, endpoint }: Connection): S3Client {
  return new S3Client({ ...client, forcePathStyle: endpoint !== undefined });
}

/** @throws Error naming an object that is still locked. */
async function emptyBucket(client: S3Client, bucket: string, overrule: boolean): Promise<void> {
  for (;;) {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket: bucket }));
    const found = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    if (found.length === 0) return;
    const { Errors = [] } = await client.send(
      new DeleteObjectsCommand({
        Bucket: bucket,
        ...(overrule ? { BypassGovernanceRetention: true } : {}),
        Delete: { Quiet: true, Objects: found.map(({ Key, VersionId }) => ({ Key: Key as string, VersionId })) },
      }),
    );
    const [first] = Errors;
    if (first !== undefined) {
      throw new Error(
        `${Errors.length} objects cannot be deleted, ${first.Key} among them: ${first.Message ?? first.Code}`,
      );
    }
  }
}
