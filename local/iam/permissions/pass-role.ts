// Handing a role to a service needs iam:PassRole on the role.

import type { Permission } from '../permissions.ts';

export function passRole(roleArn: string, service: string): Permission {
  return {
    action: 'iam:PassRole',
    resource: roleArn,
    context: (key) => (key === 'iam:passedtoservice' ? service : undefined),
  };
}
