// The SDK's retries, for throttling alone: every other failure has an owner above (the supervisor, or the machine's
// Retry on its own calls). Shape of the SDK's RetryStrategyV2.

interface RetryToken {
  getRetryCount(): number;
  getRetryDelay(): number;
  getRetryCost(): number | undefined;
}

interface ErrorInfo {
  readonly errorType: string;
}

const ATTEMPTS = 4;
const BASE_MS = 100;

const token = (count: number): RetryToken => ({
  getRetryCount: () => count,
  getRetryDelay: () => (count === 0 ? 0 : BASE_MS * 2 ** (count - 1)),
  getRetryCost: () => undefined,
});

export const throttlingOnly = {
  acquireInitialRetryToken: async (): Promise<RetryToken> => token(0),
  refreshRetryTokenForRetry: async (before: RetryToken, error: ErrorInfo): Promise<RetryToken> => {
    if (error.errorType !== 'THROTTLING') throw new Error('only throttling is retried here');
    if (before.getRetryCount() + 1 >= ATTEMPTS) throw new Error('throttled to the end');
    return token(before.getRetryCount() + 1);
  },
  recordSuccess: (): void => undefined,
};
