// The errors DynamoDB answers, with its wording.

import { AwsError } from '../service.ts';

export function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** "One or more parameter values were invalid: ..." */
export function invalidParameter(reason: string): AwsError {
  return validationError(`One or more parameter values were invalid: ${reason}`);
}

export function serializationError(message: string): AwsError {
  return new AwsError('SerializationException', message);
}

export function tableNotFound(): AwsError {
  return new AwsError('ResourceNotFoundException', 'Requested resource not found');
}

export function namedTableNotFound(name: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
}

/** What this service does not do is said by name, never ignored. */
export function unsupported(what: string): AwsError {
  return new AwsError('UnsupportedOperation', `DynamoDB here does not offer ${what}`);
}

/** @param item the item that failed the condition, when the caller asked for it */
export function conditionFailed(item?: object): AwsError {
  const members = item === undefined ? {} : { Item: item };
  return new AwsError('ConditionalCheckFailedException', 'The conditional request failed', 400, members);
}
