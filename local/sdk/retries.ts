// The SDK's retries, on the world's clock: by the client's own `retryStrategy` when it has one, else as the SDK's standard mode does
// (three attempts, exponential backoff with full jitter).

import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';

export interface RetryClock {
  /** Resolves after `ms` of the world's time. */
  sleep(ms: number): Promise<void>;
  /** 0 <= x < 1 */
  random(): number;
  /** Keeps virtual time still until the returned function is called. */
  hold(): () => void;
}

/** What a client's configuration says of retries. */
export interface RetryConfig {
  readonly maxAttempts?: number | (() => Promise<number>);
  readonly retryStrategy?: RetryStrategy;
}

/** The SDK's RetryStrategyV2. */
interface RetryStrategy {
  acquireInitialRetryToken(scope: string): Promise<RetryToken>;
  refreshRetryTokenForRetry(
    token: RetryToken,
    error: { readonly error: unknown; readonly errorType: ErrorType },
  ): Promise<RetryToken>;
  recordSuccess(token: RetryToken): void;
}

interface RetryToken {
  getRetryCount(): number;
  getRetryDelay(): number;
}

type ErrorType = 'THROTTLING' | 'TRANSIENT' | 'SERVER_ERROR' | 'CLIENT_ERROR';

export interface Attempted<T> {
  readonly value: T;
  readonly attempts: number;
  readonly totalRetryDelay: number;
}

const STANDARD_ATTEMPTS = 3;
const STANDARD_BASE_MS = 100;
const THROTTLING_BASE_MS = 500;
const LONGEST_DELAY_MS = 20_000;

/** Rejects with the last attempt's error; its `$metadata` tells how many there were. */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  config: RetryConfig,
  clock: RetryClock,
): Promise<Attempted<T>> {
  const strategy = config.retryStrategy ?? standard(config, clock);
  let token: RetryToken | undefined;
  let totalRetryDelay = 0;
  for (let attempts = 1; ; attempts++) {
    try {
      const value = await attempt();
      if (token) strategy.recordSuccess(token);
      return { value, attempts, totalRetryDelay };
    } catch (error) {
      const errorType = typeOf(error);
      // A first token costs nothing, so it is taken only when something failed.
      const held = clock.hold();
      try {
        token = await strategy.refreshRetryTokenForRetry(token ?? (await strategy.acquireInitialRetryToken('')), {
          error,
          errorType,
        });
      } catch {
        const $metadata = (error as { $metadata?: object }).$metadata;
        if ($metadata) Object.assign($metadata, { attempts, totalRetryDelay });
        throw error;
      } finally {
        held();
      }
      const delay = token.getRetryDelay();
      totalRetryDelay += delay;
      if (delay > 0) await clock.sleep(delay);
    }
  }
}

function typeOf(error: unknown): ErrorType {
  if (isThrottlingError(error as never)) return 'THROTTLING';
  if (isTransientError(error as never)) return 'TRANSIENT';
  return isServerError(error as never) ? 'SERVER_ERROR' : 'CLIENT_ERROR';
}

function standard(config: RetryConfig, clock: RetryClock): RetryStrategy {
  const token = (count: number, delay: number): RetryToken => ({
    getRetryCount: () => count,
    getRetryDelay: () => delay,
  });
  return {
    acquireInitialRetryToken: async () => token(0, 0),
    refreshRetryTokenForRetry: async (before, { errorType }) => {
      const { maxAttempts = STANDARD_ATTEMPTS } = config;
      const most = typeof maxAttempts === 'function' ? await maxAttempts() : maxAttempts;
      const count = before.getRetryCount() + 1;
      if (count >= most || (errorType !== 'THROTTLING' && errorType !== 'TRANSIENT')) throw new Error('no retry');
      const base = errorType === 'THROTTLING' ? THROTTLING_BASE_MS : STANDARD_BASE_MS;
      return token(count, Math.floor(clock.random() * Math.min(LONGEST_DELAY_MS, base * 2 ** (count - 1))));
    },
    recordSuccess: () => {},
  };
}
