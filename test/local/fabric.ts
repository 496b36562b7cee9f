// The least fabric a service can be tested on alone: a database in memory and a clock moved by hand.

import { DatabaseSync } from 'node:sqlite';
import type { Fabric } from '../../local/service.ts';

export interface TestFabric extends Fabric {
  /** Runs everything deferred and every timer due up to `time` (epoch ms), in order. */
  advanceTo(time: number): void;
  /** Runs what was deferred, without moving time. */
  settle(): void;
  /** Times of the timers that are armed. */
  armed(): number[];
}

export const START = Date.UTC(2026, 0, 1);

export function testFabric(db: DatabaseSync = new DatabaseSync(':memory:')): TestFabric {
  let now = START;
  let count = 0;
  let timers: Array<{ at: number; order: number; work: () => void }> = [];
  const deferred: Array<() => void> = [];
  const later = (work: () => void): void => {
    deferred.push(work);
  };
  const settle = (): void => {
    for (let work = deferred.shift(); work !== undefined; work = deferred.shift()) work();
  };
  return {
    region: 'eu-central-1',
    accountId: '123456789012',
    db,
    clock: { now: () => now },
    timers: {
      set: (at, work) => {
        const timer = { at, order: count++, work };
        timers.push(timer);
        const cancel = (): void => {
          timers = timers.filter((one) => one !== timer);
        };
        return { cancel };
      },
    },
    turns: { afterCommit: later, beforeCommit: later, defer: later },
    random: {
      next: () => 0.5,
      uuid: () => `00000000-0000-4000-8000-${String(count++).padStart(12, '0')}`,
      token: () => `token-${count++}`,
    },
    call: () => {
      throw new Error('a service tested alone calls no other');
    },
    log: () => undefined,
    settle,
    armed: () => timers.map((timer) => timer.at).sort((a, b) => a - b),
    advanceTo: (time) => {
      settle();
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= time).sort((a, b) => a.at - b.at || a.order - b.order);
        if (next === undefined) break;
        timers = timers.filter((timer) => timer !== next);
        now = Math.max(now, next.at);
        next.work();
        settle();
      }
      now = time;
    },
  };
}
