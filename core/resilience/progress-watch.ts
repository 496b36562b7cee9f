// Watches whether a task that beats also gets on. One point a beat: the share of the work done when the agent reported
// it, the last one again when the agent gave no sign of life. An agent that is seen to work but reports nothing adds no
// point, and neither does a beat during a call through its context (a step, a model, a tool), which the task's own time-out
// bounds. So an agent is judged by what it says of itself, or by doing nothing that can be seen for ten beats.

import { hasPlateaued, MOST_POINTS } from './progress-slope.ts';

/** Reports among the points from which an agent is judged by them. */
const LEAST_REPORTS = 5;

export interface ProgressWatch {
  /** Share of the work done, 0 to 1. */
  report(fraction: number): void;
  /** Runs something the agent is seen to do. */
  during<T>(call: () => Promise<T>): Promise<T>;
  /** Takes a point. @returns whether the task has plateaued. */
  beat(): boolean;
  /** Oldest first, ten at most. */
  points(): readonly number[];
}

/** @param leastSlope progress a beat, as a share of the whole. */
export function watchProgress(leastSlope: number): ProgressWatch {
  let points: { fraction: number; reported: boolean }[] = [];
  let last = 0;
  let reported = false;
  let worked = false;
  let calls = 0;
  const values = (): number[] => points.map(({ fraction }) => fraction);
  return {
    report(fraction) {
      last = fraction;
      reported = true;
    },
    async during(call) {
      calls += 1;
      try {
        return await call();
      } finally {
        calls -= 1;
        worked = true;
      }
    },
    beat() {
      const silent = !reported && !worked && calls === 0;
      if (reported || silent) points = [...points, { fraction: last, reported }].slice(-MOST_POINTS);
      reported = false;
      worked = false;
      const reports = points.filter((point) => point.reported).length;
      const judged = reports >= LEAST_REPORTS || (silent && points.length === MOST_POINTS);
      return judged && hasPlateaued(values(), leastSlope);
    },
    points: values,
  };
}
