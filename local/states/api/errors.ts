// The API's errors in AWS's words.

import { AwsError } from '../../service.ts';

export const machineMissing = (arn: string) =>
  new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
export const executionMissing = (arn: string) =>
  new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
export const activityMissing = (arn: string) =>
  new AwsError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
export const resourceMissing = (arn: string) =>
  new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, 400, { resourceName: arn });
export const invalidArn = (text: string) => new AwsError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${text}'`);
const invalidName = (name: string) => new AwsError('InvalidName', `Invalid Name: '${name}'`);
export const invalidToken = () => new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
export const validation = (message: string) => new AwsError('ValidationException', message);

export function constraint(value: unknown, member: string, rule: string): AwsError {
  return validation(
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: ${rule}`,
  );
}

/** @throws InvalidArn unless the text is an ARN of Step Functions (any resource kind) */
export function requireArn(text: unknown, kind?: string): string {
  if (typeof text !== 'string')
    throw validation(
      "1 validation error detected: Value null at 'arn' failed to satisfy constraint: Member must not be null",
    );
  if (!/^arn:aws[a-z-]*:states:/.test(text)) throw invalidArn(text);
  if (kind !== undefined && !text.includes(`:${kind}:`)) {
    throw new AwsError('InvalidArn', `Invalid Arn: 'Resource type not valid in this context: ${text.split(':')[5]}'`);
  }
  return text;
}

/** Characters a name must not have (API reference, CreateStateMachine). */
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

export function requireName(name: unknown): string {
  if (typeof name !== 'string' || name.length === 0 || name.length > 80 || FORBIDDEN.test(name)) {
    throw invalidName(String(name));
  }
  return name;
}
