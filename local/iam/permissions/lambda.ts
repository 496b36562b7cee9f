// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html

import type { Permission, Permissions, Place } from '../permissions.ts';
import { passRole } from './pass-role.ts';

const ON_FUNCTION = new Set([
  'DeleteFunction',
  'GetFunction',
  'GetFunctionConfiguration',
  'GetFunctionConcurrency',
  'PutFunctionConcurrency',
  'PutFunctionEventInvokeConfig',
  'UpdateFunctionCode',
]);
const ON_MAPPING = new Set(['DeleteEventSourceMapping', 'GetEventSourceMapping', 'UpdateEventSourceMapping']);
const ON_NOTHING = new Set(['ListFunctions', 'ListEventSourceMappings', 'CreateEventSourceMapping']);

export const lambdaPermissions: Permissions = (operation, input, place) => {
  const { region, accountId } = place;
  if (operation === 'Invoke') return [{ action: 'lambda:InvokeFunction', resource: functionArn(input, place) }];
  if (ON_FUNCTION.has(operation)) return [{ action: `lambda:${operation}`, resource: functionArn(input, place) }];
  if (operation === 'CreateFunction' || operation === 'UpdateFunctionConfiguration') {
    const own: Permission = { action: `lambda:${operation}`, resource: functionArn(input, place) };
    return input.Role === undefined ? [own] : [own, passRole(input.Role, 'lambda.amazonaws.com')];
  }
  if (ON_MAPPING.has(operation))
    return [
      {
        action: `lambda:${operation}`,
        resource: `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${input.UUID}`,
      },
    ];
  return ON_NOTHING.has(operation) ? [{ action: `lambda:${operation}`, resource: '*' }] : undefined;
};

/** From a name, `name:qualifier`, `account:function:name` or an ARN. */
function functionArn(input: { FunctionName: string; Qualifier?: string }, { region, accountId }: Place): string {
  const name = input.FunctionName.replace(/^.*function:/, '');
  const arn = `arn:aws:lambda:${region}:${accountId}:function:${name}`;
  return input.Qualifier === undefined || name.includes(':') ? arn : `${arn}:${input.Qualifier}`;
}
