// The classes of errors and what each allows: spec §3's table as data. A class is told by a typed error's code.

export type ErrorClass =
  | 'transient'
  | 'schema'
  | 'tool-infrastructure'
  | 'hallucination'
  | 'rate-limit'
  | 'unknown'
  | 'never';

/**
 * What to do when the retries of a class are used up. `next-rung` and `stricter` are one more attempt, made differently;
 * `repair` is made inside each attempt, by the one who asked the model, so that it costs no attempt of its own.
 */
type LastResort = 'fail' | 'repair' | 'next-rung' | 'stricter';

export interface ClassRule {
  /** Retries, the first attempt not counted. */
  readonly retries: number;
  readonly backoff: 'none' | 'exponential';
  readonly jitter: 'none' | 'full';
  readonly baseMs: number;
  readonly capMs: number;
  readonly honoursRetryAfter: boolean;
  readonly whenExhausted: LastResort;
}

const noWait = { backoff: 'none', jitter: 'none', baseMs: 0, capMs: 0, honoursRetryAfter: false } as const;
const growing = { backoff: 'exponential', jitter: 'none', honoursRetryAfter: false } as const;

export const classRules: Readonly<Record<ErrorClass, ClassRule>> = {
  transient: { ...growing, jitter: 'full', retries: 5, baseMs: 1000, capMs: 60_000, whenExhausted: 'fail' },
  schema: { ...noWait, retries: 1, whenExhausted: 'repair' },
  'tool-infrastructure': { ...growing, retries: 3, baseMs: 2000, capMs: 30_000, whenExhausted: 'next-rung' },
  hallucination: { ...noWait, retries: 2, whenExhausted: 'stricter' },
  'rate-limit': {
    ...growing,
    honoursRetryAfter: true,
    retries: 10,
    baseMs: 5000,
    capMs: 300_000,
    whenExhausted: 'fail',
  },
  unknown: { ...growing, retries: 3, baseMs: 1000, capMs: 30_000, whenExhausted: 'fail' },
  never: { ...noWait, retries: 0, whenExhausted: 'fail' },
};
