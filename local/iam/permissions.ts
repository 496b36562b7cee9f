// What a call of a service needs to be allowed: actions on resources, with the condition keys the request carries.

import type { ConditionContext } from './conditions.ts';
import { codebuildPermissions } from './permissions/codebuild.ts';
import { dynamodbPermissions } from './permissions/dynamodb.ts';
import { eventsPermissions } from './permissions/events.ts';
import { kmsPermissions } from './permissions/kms.ts';
import { lambdaPermissions } from './permissions/lambda.ts';
import { s3Permissions } from './permissions/s3.ts';
import { schedulerPermissions } from './permissions/scheduler.ts';
import { sqsPermissions } from './permissions/sqs.ts';
import { statesPermissions } from './permissions/states.ts';

export interface Permission {
  readonly action: string;
  /** ARN; '*' for an action without resource; undefined when the request does not tell. */
  readonly resource: string | undefined;
  readonly context?: ConditionContext;
}

/** What is known of the place a call is made in. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
  /** The state machine a task token belongs to, where someone can tell. */
  readonly machineOfToken?: (token: string) => string | undefined;
  /** Name of a table's partition key, where someone can tell. */
  readonly hashKeyOf?: (tableName: string) => string | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: a request as the SDK's command takes it
export type Permissions = (operation: string, input: any, place: Place) => readonly Permission[] | undefined;

const BY_SERVICE: Readonly<Record<string, Permissions>> = {
  CodeBuild: codebuildPermissions,
  DynamoDB: dynamodbPermissions,
  EventBridge: eventsPermissions,
  KMS: kmsPermissions,
  Lambda: lambdaPermissions,
  S3: s3Permissions,
  Scheduler: schedulerPermissions,
  SFN: statesPermissions,
  SQS: sqsPermissions,
};

/** @throws Error naming a call whose permissions are not known here */
export function permissionsOf(service: string, operation: string, input: object, place: Place): readonly Permission[] {
  const found = BY_SERVICE[service]?.(operation, input, place);
  if (found === undefined) throw new Error(`the permissions ${service}.${operation} needs are not known here`);
  return found;
}
