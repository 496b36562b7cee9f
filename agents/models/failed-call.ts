// A model call that gave no usable answer: what it cost all the same, what it said, how long the other side asked to wait.

import { type ErrorOptions, IdeaMineError } from '../../core/errors.ts';
import type { AnsweredBy, CallCost } from './provider.ts';

export interface FailedCallOptions extends ErrorOptions {
  /** Absent: not known, so the worst case is charged. */
  readonly cost?: CallCost;
  /** What the model answered, where it did: a repair starts from it. */
  readonly answer?: string;
  readonly by?: AnsweredBy;
  /** Wait asked for by the other side, ms. */
  readonly retryAfterMs?: number;
}

export const NO_COST: CallCost = { tokens: 0, cachedTokens: 0, usdMicros: 0 };

export class FailedCall extends IdeaMineError {
  readonly cost: CallCost | undefined;
  readonly answer: string | undefined;
  readonly by: AnsweredBy | undefined;

  constructor(code: string, message: string, { cost, answer, by, retryAfterMs, ...options }: FailedCallOptions) {
    const details = retryAfterMs === undefined ? options.details : { ...options.details, retryAfterMs };
    super(code, message, { ...options, details });
    this.cost = cost;
    this.answer = answer;
    this.by = by;
  }
}

/** By shape, not instanceof: the hosted providers are a bundle of their own, with their own copy of the class. */
export function isFailedCall(thrown: unknown): thrown is FailedCall {
  return thrown instanceof Error && 'cost' in thrown && 'answer' in thrown && 'code' in thrown;
}
