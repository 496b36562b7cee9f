// Time moved by hand: nothing waits, timers ring when a test advances the clock.

import type { Timers } from '../../lambdas/worker/timers.ts';
import { START } from '../store/tables.ts';

export interface HandClock {
  readonly now: () => string;
  readonly timers: Timers;
  /** Moves time on, ringing what is due in order; work that a ring starts is let settle before the next. */
  advance(ms: number): Promise<void>;
  /** Lets calls to the local services that are under way finish. */
  settle(): Promise<void>;
}

interface Alarm {
  readonly at: number;
  readonly act: () => void;
}

/** Rounds of the event loop that any chain of calls to the local services is done in. */
const ROUNDS = 60;

export function handClock(): HandClock {
  let now = Date.parse(START);
  let alarms: Alarm[] = [];
  const settle = async (): Promise<void> => {
    for (let round = 0; round < ROUNDS; round += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    now: () => new Date(now).toISOString(),
    timers: {
      after(ms, act) {
        const alarm = { at: now + ms, act };
        alarms.push(alarm);
        return () => {
          alarms = alarms.filter((one) => one !== alarm);
        };
      },
    },
    settle,
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const due = alarms.filter((alarm) => alarm.at <= end).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        alarms = alarms.filter((alarm) => alarm !== due);
        now = Math.max(now, due.at);
        due.act();
        await settle();
      }
      now = end;
    },
  };
}
