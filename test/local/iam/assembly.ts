// An assembly of a few resources, written by hand: roles with policies, and what they are about.

import type { Assembly, AssemblyResource } from '../../../local/assembly.ts';

export const REGION = 'eu-central-1';
export const ACCOUNT = '123456789012';

export function arn(service: string, rest: string): string {
  return `arn:aws:${service}:${service === 'iam' || service === 's3' ? '' : REGION}:${service === 's3' ? '' : ACCOUNT}:${rest}`;
}

export const ROLE = arn('iam', 'role/Worker');

export interface StatementGiven {
  readonly Effect?: 'Allow' | 'Deny';
  readonly [member: string]: unknown;
}

/** One role, Worker, with these statements, and further resources. */
export function assemblyWith(
  statements: readonly StatementGiven[],
  more: readonly AssemblyResource[] = [],
  roleProperties: Readonly<Record<string, unknown>> = {},
): Assembly {
  const policy = {
    logicalId: 'WorkerPolicy',
    type: 'AWS::IAM::Policy',
    ref: 'WorkerPolicy',
    properties: {
      Roles: ['Worker'],
      PolicyDocument: { Version: '2012-10-17', Statement: statements.map((one) => ({ Effect: 'Allow', ...one })) },
    },
  };
  const role = { logicalId: 'Worker', type: 'AWS::IAM::Role', ref: 'Worker', arn: ROLE, properties: roleProperties };
  const resources = new Map([role, policy, ...more].map((resource) => [resource.logicalId, resource]));
  return {
    stackName: 'Small',
    accountId: ACCOUNT,
    region: REGION,
    resources,
    outputs: {},
    codePath: () => {
      throw new Error('no code here');
    },
  };
}

export function resource(
  logicalId: string,
  type: string,
  ref: string,
  itsArn: string | undefined,
  properties: Readonly<Record<string, unknown>> = {},
): AssemblyResource {
  return { logicalId, type, ref, arn: itsArn, properties };
}
