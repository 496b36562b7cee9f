// A rehearsal's pace: the offline provider is made to take as long as a real model would. The wait is durable, since it
// is reckoned from the task's first claim: heartbeats go on, and a fresh invocation waits only for what is left.

import { sleep, type Timers } from './timers.ts';

export interface Pace {
  /** Waits before a model call: half of what is left after the calls before it, so that steps spread over the time. */
  beforeCall(): Promise<void>;
  /** Waits until the whole time is over. */
  untilEnd(): Promise<void>;
}

export interface PaceDeps {
  readonly timers: Timers;
  /** Epoch ms. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** @param startedAt epoch ms of the task's first claim. */
export function createPace(deps: PaceDeps, startedAt: number, paceMs: number): Pace {
  let calls = 0;
  const until = async (share: number): Promise<void> => {
    const left = startedAt + Math.round(paceMs * share) - deps.now();
    if (left > 0) await sleep(deps.timers, left, deps.signal);
  };
  return {
    beforeCall() {
      calls += 1;
      return until(1 - 2 ** -calls);
    },
    untilEnd: () => until(1),
  };
}
