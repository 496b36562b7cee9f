// Guards every call that is made with a role: what the call needs is checked against the role's policies in the assembly.

import type { Assembly } from '../assembly.ts';
import { AwsError, type CallContext } from '../service.ts';
import type { ConditionContext } from './conditions.ts';
import { customerKeys } from './customer-keys.ts';
import { type Permission, type Place, permissionsOf } from './permissions.ts';
import { createPolicyCheck, type Grant } from './policy-check.ts';

export interface Authorizer {
  /** Callers without a principal are from outside and not checked. @throws AwsError with AWS's message when denied */
  authorize(service: string, operation: string, input: object, context: CallContext): void;
  /**
   * What a function's role needs so that Lambda can poll an event source for it.
   * @throws AwsError InvalidParameterValueException naming the missing permission, as CreateEventSourceMapping does
   */
  authorizeEventSource(eventSourceArn: string, principal: string): void;
  /** Grants no allowed call has needed so far. */
  unused(): Grant[];
}

/** Services whose denials have another name or status than AccessDeniedException with 400. */
const DENIALS: Readonly<Record<string, readonly [string, number]>> = {
  S3: ['AccessDenied', 403],
  Lambda: ['AccessDeniedException', 403],
  Scheduler: ['AccessDeniedException', 403],
  SQS: ['AccessDenied', 403],
};
const POLLING = {
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  dynamodb: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream', 'dynamodb:ListStreams'],
} as const;
/** Grants of ListStreams have no narrower resource that AWS honours in every region. */
const WITHOUT_RESOURCE = new Set(['dynamodb:ListStreams']);

/** What only the services themselves can tell. Where it is left out, the check is the more lenient one. */
export interface Lookups {
  /** ARN of the state machine a task token belongs to: states:SendTask* is then checked on that machine. */
  readonly machineOfToken?: Place['machineOfToken'];
  /** Whether S3 has an object: who may not list the bucket gets 403 instead of 404 for one that is not there. */
  readonly objectExists?: (bucket: string, key: string, versionId: string | undefined) => boolean;
}

export function createAuthorizer(assembly: Assembly, lookups: Lookups = {}): Authorizer {
  const policies = createPolicyCheck(assembly);
  const place: Place = {
    region: assembly.region,
    accountId: assembly.accountId,
    machineOfToken: lookups.machineOfToken,
    hashKeyOf: hashKeys(assembly),
  };
  const keyPermissions = customerKeys(assembly);
  const decide = (permission: Permission, principal: string, session: string | undefined) => {
    const context = general(principal, place, permission.context);
    return policies.check(principal, permission.action, permission.resource, context, session);
  };
  return {
    authorize(service, operation, input, { principal, environment }) {
      if (principal === undefined) return;
      const needed = [
        ...permissionsOf(service, operation, input, place),
        ...(service === 'S3' ? toLearnOfAbsence(operation, input, lookups.objectExists) : []),
      ];
      for (const permission of [...needed, ...keyPermissions(needed)]) {
        const decision = decide(permission, principal, environment);
        if (decision.allowed) continue;
        const [name, status] = DENIALS[service] ?? ['AccessDeniedException', 400];
        throw new AwsError(name, decision.message, status);
      }
    },
    authorizeEventSource(arn, principal) {
      const service = arn.split(':')[2] as keyof typeof POLLING;
      const needed: Permission[] = (POLLING[service] ?? []).map((action) => ({
        action,
        resource: WITHOUT_RESOURCE.has(action) ? undefined : arn,
      }));
      for (const permission of [...needed, ...keyPermissions(needed)])
        if (!decide(permission, principal, undefined).allowed)
          throw new AwsError(
            'InvalidParameterValueException',
            `The function execution role does not have permissions to call ${permission.action.replace(/^.*:/, '')} on ${service.toUpperCase()}`,
          );
    },
    unused: policies.unused,
  };
}

/** S3 says that an object is missing only to those who may list its bucket. */
function toLearnOfAbsence(operation: string, input: object, exists: Lookups['objectExists']): Permission[] {
  if (exists === undefined || (operation !== 'GetObject' && operation !== 'HeadObject')) return [];
  const { Bucket, Key, VersionId } = input as { Bucket: string; Key: string; VersionId?: string };
  return exists(Bucket, Key, VersionId) ? [] : [{ action: 's3:ListBucket', resource: `arn:aws:s3:::${Bucket}` }];
}

/** Condition keys every request has, behind those of its own. */
function general(principal: string, place: Place, own: ConditionContext | undefined): ConditionContext {
  const values: Readonly<Record<string, string>> = {
    'aws:principalarn': principal,
    'aws:principalaccount': place.accountId,
    'aws:requestedregion': place.region,
    'aws:resourceaccount': place.accountId,
    'aws:securetransport': 'true',
    's3:tlsversion': '1.3',
  };
  return (key) => own?.(key) ?? values[key];
}

function hashKeys(assembly: Assembly): (tableName: string) => string | undefined {
  const names = new Map<string, string>();
  for (const { type, ref, properties } of assembly.resources.values()) {
    if (type !== 'AWS::DynamoDB::Table' && type !== 'AWS::DynamoDB::GlobalTable') continue;
    const schema = (properties.KeySchema ?? []) as Array<{ AttributeName: string; KeyType: string }>;
    const hash = schema.find((key) => key.KeyType === 'HASH');
    if (hash !== undefined) names.set(ref, hash.AttributeName);
  }
  return (tableName) => names.get(tableName);
}
