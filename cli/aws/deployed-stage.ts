// A stage that was deployed, opened by its stack's outputs: the same interface as one on this machine.

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { UsageError } from '../exit.ts';
import { output, type Stage } from '../stage.ts';
import type { Connection } from './connection.ts';
import { outputsOf, stackOf } from './stacks.ts';

/** A stack in one of these has its outputs and can be used, if with the definitions of the deploy before. */
const USABLE = /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE|^UPDATE_.*IN_PROGRESS$/;

/** @throws UsageError when there is no such stage, or its stack never came to be. */
export async function openDeployedStage(connection: Connection, stage: string): Promise<Stage> {
  const stack = await stackOf(connection, stage);
  const status = stack.StackStatus as string;
  if (!USABLE.test(status)) {
    throw new UsageError(`stage ${stage} cannot be used: its stack is ${status}; \`ideamine deploy --stage ${stage}\``);
  }
  const outputs = outputsOf(stack);
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(connection.client), {
    marshallOptions: { removeUndefinedValues: true },
  });
  // An endpoint on a plain host name has no names for its buckets.
  const objects = new S3Client({ ...connection.client, forcePathStyle: connection.endpoint !== undefined });
  return {
    outputs,
    table: { documents, name: output(outputs, 'TableName') },
    ledger: { documents, name: output(outputs, 'LedgerTableName') },
    bucket: { client: objects, name: output(outputs, 'BucketName') },
    sealed: { client: objects, name: output(outputs, 'SealedBucketName') },
    states: new SFNClient(connection.client),
    functions: new LambdaClient(connection.client),
    now: () => Date.now(),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}
