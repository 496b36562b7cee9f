// The DynamoDB client of a function, created once an environment.

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../../store/table.ts';
import { throttlingOnly } from './throttling-only.ts';

export function openTables<Names extends readonly string[]>(...names: Names): { [Index in keyof Names]: Table } {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ retryStrategy: throttlingOnly }), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return names.map((name) => ({ documents, name })) as { [Index in keyof Names]: Table };
}
