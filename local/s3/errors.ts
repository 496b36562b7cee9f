// The errors S3 answers, with its wording.

import { AwsError } from '../service.ts';

export function noSuchBucket(BucketName: string): AwsError {
  return new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName });
}

export function noSuchKey(Key: string): AwsError {
  return new AwsError('NoSuchKey', 'The specified key does not exist.', 404, { Key });
}

export function noSuchVersion(Key: string, VersionId: string): AwsError {
  return new AwsError('NoSuchVersion', 'The specified version does not exist.', 404, { Key, VersionId });
}

/** HEAD answers have no body: the SDK names them by status alone. */
export function headNotFound(): AwsError {
  return new AwsError('NotFound', 'UnknownError', 404);
}

export function preconditionFailed(Condition: string): AwsError {
  return new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition,
  });
}

export function notModified(): AwsError {
  return new AwsError('304', 'UnknownError', 304);
}

export function invalidArgument(message: string): AwsError {
  return new AwsError('InvalidArgument', message);
}

/** What this service does not do is said by name, never ignored. */
export function unsupported(what: string): AwsError {
  return new AwsError('NotImplemented', `S3 here does not offer ${what}`, 501);
}
