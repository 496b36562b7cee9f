// The funnel of the handlers: faults of AWS and of the network are passing ones, which the machines and the supervisor
// try again; everything else goes through the funnel of core.

import { type IdeaMineError, Transient, toIdeaMineError } from '../core/errors.ts';

/** Names of errors that a later, unchanged call may not meet. A conflict is another writer of the same row. */
const PASSING: ReadonlySet<string> = new Set([
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
  'ThrottlingException',
  'Throttling',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'SlowDown',
  'TransactionConflictException',
  'TransactionInProgressException',
  'TransactionCanceledException',
]);

/** System errors of a connection. */
const NETWORK: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

export function asIdeaMineError(thrown: unknown): IdeaMineError {
  return isPassing(thrown)
    ? new Transient(`${thrown.name}: ${thrown.message}`, { cause: thrown })
    : toIdeaMineError(thrown);
}

function isPassing(thrown: unknown): thrown is Error {
  if (!(thrown instanceof Error)) return false;
  const { $fault, code } = thrown as { $fault?: unknown; code?: unknown };
  return $fault === 'server' || PASSING.has(thrown.name) || (typeof code === 'string' && NETWORK.has(code));
}
