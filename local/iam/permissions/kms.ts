// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html

import type { Permissions } from '../permissions.ts';

const ON_KEY: ReadonlySet<string> = new Set(['DescribeKey', 'GetPublicKey', 'Sign', 'Verify']);

export const kmsPermissions: Permissions = (operation, input, { region, accountId }) => {
  if (operation === 'CreateKey') return [{ action: 'kms:CreateKey', resource: '*' }];
  if (!ON_KEY.has(operation)) return undefined;
  const name = String(input.KeyId);
  const arn = name.startsWith('arn:') ? name : `arn:aws:kms:${region}:${accountId}:key/${name}`;
  return [{ action: `kms:${operation}`, resource: arn }];
};
