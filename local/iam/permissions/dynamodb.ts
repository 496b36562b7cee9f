// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html

import type { ConditionContext } from '../conditions.ts';
import type { Permission, Permissions, Place } from '../permissions.ts';

const ON_TABLE = new Set([
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'DescribeTimeToLive',
  'GetItem',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
  'UpdateTable',
  'UpdateTimeToLive',
]);
const IN_TRANSACTION: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

type Request = Readonly<Record<string, unknown>>;

export const dynamodbPermissions: Permissions = (operation, input, place) => {
  if (ON_TABLE.has(operation)) return [onTable(operation, input, place)];
  switch (operation) {
    case 'ListTables':
      return [{ action: 'dynamodb:ListTables', resource: '*' }];
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.keys(input.RequestItems ?? {}).map((TableName) => onTable(operation, { TableName }, place));
    case 'TransactGetItems':
    case 'TransactWriteItems':
      return (input.TransactItems ?? []).flatMap((item: Record<string, Request>) =>
        Object.entries(item)
          .filter(([kind, request]) => kind in IN_TRANSACTION && request !== undefined)
          .map(([kind, request]) => onTable(IN_TRANSACTION[kind] as string, request, place)),
      );
    default:
      return undefined;
  }
};

function onTable(operation: string, request: Request, place: Place): Permission {
  const given = String(request.TableName);
  const arn = given.startsWith('arn:') ? given : `arn:aws:dynamodb:${place.region}:${place.accountId}:table/${given}`;
  const index = request.IndexName === undefined ? '' : `/index/${request.IndexName}`;
  return { action: `dynamodb:${operation}`, resource: arn + index, context: contextOf(request, arn, place) };
}

function contextOf(request: Request, arn: string, place: Place): ConditionContext {
  return (key) => {
    switch (key) {
      case 'dynamodb:leadingkeys':
        return leadingKeys(request, place.hashKeyOf?.(arn.replace(/^.*:table\//, '')));
      case 'dynamodb:attributes':
        return Object.keys((request.Item ?? request.Key ?? {}) as object);
      case 'dynamodb:returnvalues':
        return (request.ReturnValues as string | undefined) ?? 'NONE';
      case 'dynamodb:select':
        return request.Select as string | undefined;
      default:
        return undefined;
    }
  };
}

function leadingKeys(request: Request, hashKey: string | undefined): string[] | undefined {
  const value = ((request.Item ?? request.Key) as Record<string, object> | undefined)?.[hashKey ?? ''];
  return value === undefined ? undefined : Object.values(value).map(String);
}
