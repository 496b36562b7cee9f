// SQS's errors, by the SDK's names.

import { AwsError } from '../service.ts';

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message, 400);
}

export function missingParameter(name: string): AwsError {
  return new AwsError('MissingParameter', `The request must contain the parameter ${name}.`, 400);
}

export function noSuchQueue(): AwsError {
  return new AwsError('QueueDoesNotExist', 'The specified queue does not exist.', 400);
}

export function badReceipt(handle: unknown): AwsError {
  return new AwsError(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${String(handle)}" is not a valid receipt handle.`,
    404,
  );
}
