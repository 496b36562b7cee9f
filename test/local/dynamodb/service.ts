// A DynamoDB of its own for a test, called without ceremony.

import { createDynamoDB, type DynamoDBService } from '../../../local/dynamodb/dynamodb.ts';
import { type TestFabric, testFabric } from '../fabric.ts';

export interface TestDynamoDB {
  readonly fabric: TestFabric;
  readonly service: DynamoDBService;
  // biome-ignore lint/suspicious/noExplicitAny: outputs have the shapes of the AWS SDK's commands
  call(operation: string, input: object): any;
  /** The error an operation must end with. */
  failure(operation: string, input: object): { name: string; message: string; [member: string]: unknown };
}

export function testDynamoDB(fabric: TestFabric = testFabric()): TestDynamoDB {
  const service = createDynamoDB(fabric);
  const call: TestDynamoDB['call'] = (operation, input) => service.operations[operation]?.(input, {});
  return {
    fabric,
    service,
    call,
    failure(operation, input) {
      try {
        call(operation, input);
      } catch (error) {
        const { name, message, members } = error as Error & { members: object };
        return { name, message, ...members };
      }
      throw new Error(`${operation} did not fail`);
    },
  };
}

type KeyType = 'S' | 'N' | 'B';

/** Input of CreateTable: keys and indexes as name -> type. */
export function tableInput(
  TableName: string,
  keys: Readonly<Record<string, KeyType>>,
  indexes: Readonly<
    Record<string, { keys: Readonly<Record<string, KeyType>>; project?: 'ALL' | 'KEYS_ONLY' | string[] }>
  > = {},
  more: object = {},
): object {
  const all = Object.assign({}, keys, ...Object.values(indexes).map((index) => index.keys)) as Record<string, KeyType>;
  const schema = (of: Readonly<Record<string, KeyType>>) =>
    Object.keys(of).map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' }));
  const global = Object.entries(indexes).map(([IndexName, index]) => ({
    IndexName,
    KeySchema: schema(index.keys),
    Projection: Array.isArray(index.project)
      ? { ProjectionType: 'INCLUDE', NonKeyAttributes: index.project }
      : { ProjectionType: index.project ?? 'ALL' },
  }));
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: schema(keys),
    AttributeDefinitions: Object.entries(all).map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    ...(global.length === 0 ? {} : { GlobalSecondaryIndexes: global }),
    ...more,
  };
}
