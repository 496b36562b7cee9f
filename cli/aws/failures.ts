// What AWS refuses or cannot be reached for, as one sentence that says what to do.

import { UsageError } from '../exit.ts';
import type { Connection } from './connection.ts';

const NO_CREDENTIALS = new Set(['CredentialsProviderError', 'CredentialsError']);
const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired']);
const NOT_ACCEPTED = new Set([
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'AuthFailure',
  'InvalidAccessKeyId',
]);
const DENIED = /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|OptInRequired)$/;
const UNREACHABLE = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPROTO)$/;

interface Failure {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

/** @returns a UsageError for what a person can put right, the same error for anything else. */
function inPlainWords(thrown: unknown, { region, endpoint }: Connection): unknown {
  const failure = (thrown ?? {}) as Failure;
  if (NO_CREDENTIALS.has(failure.name)) {
    return new UsageError(
      'no AWS credentials were found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with `aws sso login`',
    );
  }
  if (EXPIRED.has(failure.name)) return new UsageError('the AWS credentials have expired: sign in again');
  if (NOT_ACCEPTED.has(failure.name)) {
    return new UsageError(`AWS does not accept these credentials in ${region}: ${failure.message}`);
  }
  if (DENIED.test(failure.name)) return new UsageError(`these credentials may not do this: ${failure.message}`);
  const unreachable = networkCode(failure);
  if (unreachable === undefined) return thrown;
  return new UsageError(
    endpoint === undefined
      ? `AWS does not answer in ${region} (${unreachable}): the region does not exist, or there is no network`
      : `nothing answers at ${endpoint} (${unreachable}): start the endpoint, or unset AWS_ENDPOINT_URL to reach AWS`,
  );
}

/** The system's word for what is wrong, however deep the SDK has wrapped it. */
function networkCode(failure: Failure): string | undefined {
  if (failure.code !== undefined && UNREACHABLE.test(failure.code)) return failure.code;
  if (failure.name === 'TimeoutError') return 'no connection in time';
  const inner = [failure.cause, ...(failure.errors ?? [])].filter((one) => one instanceof Object);
  return inner.map((one) => networkCode(one as Failure)).find((code) => code !== undefined);
}

/** Runs `act`; whatever AWS has to say against it is said in plain words. */
export async function plainly<T>(connection: Connection, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (thrown) {
    throw inPlainWords(thrown, connection);
  }
}
