// Everything that decides what happens under one seed. A scenario is plain data: it can be printed, made smaller, and run again.

import type { PinnedPipeline } from '../core/pipeline/model.ts';
import type { Behaviour } from './agents/behave.ts';

/** One fault: the `nth` opportunity for its kind is taken (a moment in minutes for what an operator does). */
export interface FaultSpec {
  readonly kind: string;
  readonly nth: number;
}

export interface Scenario {
  readonly seed: number;
  readonly builtIn: boolean;
  readonly pinned: PinnedPipeline;
  readonly idea: string;
  readonly gates: 'enforce' | 'advise';
  readonly budgetUsdMicros?: number;
  readonly behaviour: Omit<Behaviour, 'model'>;
  /** What a person who is asked answers. */
  readonly answer: 'approve' | 'waive' | 'reject' | 'nonsense';
  readonly faults: readonly FaultSpec[];
}
