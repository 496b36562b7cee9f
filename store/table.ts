// The DynamoDB table as the rest of the store uses it: reads, conditional writes and transactions, and what a refused
// condition looks like. Nothing here knows what the rows mean.

import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { INDEX, type Key } from './keys.ts';

export interface Table {
  readonly documents: DynamoDBDocumentClient;
  readonly name: string;
}

export type WriteItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Without the key: rows carry their own names as attributes. */
export async function getRow<Row>(table: Table, key: Key): Promise<Row | undefined> {
  const found = await table.documents.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }));
  return found.Item as Row | undefined;
}

export interface QueryOptions {
  readonly limit?: number;
  readonly newestFirst?: boolean;
}

/** Every row whose sort key starts with `prefix`, in key order, all pages (or the first `limit`). */
export async function queryRows<Row>(
  table: Table,
  pk: string,
  prefix: string,
  options: QueryOptions = {},
): Promise<Row[]> {
  return collect<Row>(
    table,
    {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
      ConsistentRead: true,
    },
    options,
  );
}

/** Rows of one partition of the index whose sort key is at most `upTo`. */
export async function queryIndex<Row>(
  table: Table,
  gsi1pk: string,
  upTo: string,
  options: QueryOptions = {},
): Promise<Row[]> {
  return collect<Row>(
    table,
    {
      IndexName: INDEX,
      KeyConditionExpression: 'gsi1pk = :pk AND gsi1sk <= :upTo',
      ExpressionAttributeValues: { ':pk': gsi1pk, ':upTo': upTo },
    },
    options,
  );
}

interface Condition {
  readonly IndexName?: string;
  readonly KeyConditionExpression: string;
  readonly ExpressionAttributeValues: Record<string, unknown>;
  readonly ConsistentRead?: boolean;
}

export async function collect<Row>(table: Table, condition: Condition, options: QueryOptions): Promise<Row[]> {
  const rows: Row[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const left = options.limit === undefined ? undefined : options.limit - rows.length;
    const page = await table.documents.send(
      new QueryCommand({
        TableName: table.name,
        ...condition,
        ScanIndexForward: options.newestFirst !== true,
        Limit: left,
        ExclusiveStartKey: from,
      }),
    );
    rows.push(...((page.Items ?? []) as Row[]));
    from = page.LastEvaluatedKey;
  } while (from !== undefined && (options.limit === undefined || rows.length < options.limit));
  return rows;
}

/** All or nothing. @returns false when a condition refused it; any other error is thrown. */
export async function transact(table: Table, items: readonly WriteItem[]): Promise<boolean> {
  try {
    await table.documents.send(new TransactWriteCommand({ TransactItems: [...items] }));
    return true;
  } catch (error) {
    if (refusedBy(error).includes('ConditionalCheckFailed')) return false;
    throw error;
  }
}

export type UpdateInput = ConstructorParameters<typeof UpdateCommand>[0];

/** @returns the row after the update, or undefined when its condition refused it. */
export async function update<Row>(
  table: Table,
  key: Key,
  input: Omit<UpdateInput, 'TableName' | 'Key'>,
): Promise<Row | undefined> {
  try {
    const done = await table.documents.send(
      new UpdateCommand({ TableName: table.name, Key: key, ReturnValues: 'ALL_NEW', ...input }),
    );
    return done.Attributes as Row;
  } catch (error) {
    if (conditionFailed(error)) return undefined;
    throw error;
  }
}

/** As `update`, for those who do not need the row: it is not sent back. @returns false when the condition refused it. */
export async function changed(table: Table, key: Key, input: Omit<UpdateInput, 'TableName' | 'Key'>): Promise<boolean> {
  try {
    await table.documents.send(new UpdateCommand({ TableName: table.name, Key: key, ...input }));
    return true;
  } catch (error) {
    if (conditionFailed(error)) return false;
    throw error;
  }
}

export function conditionFailed(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}

/** Code for each item of a cancelled transaction, in item order; empty for any other error. */
export function refusedBy(error: unknown): string[] {
  if (!(error instanceof Error) || error.name !== 'TransactionCanceledException') return [];
  const reasons = (error as { CancellationReasons?: readonly { Code?: string }[] }).CancellationReasons ?? [];
  return reasons.map((reason) => reason.Code ?? 'None');
}
