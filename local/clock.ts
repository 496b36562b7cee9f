// The world's clock, real or virtual, and the only place of local/ that touches the machine's time and event loop.
// A virtual clock moves when the loop moves it and never by itself.

import type { Clock } from './service.ts';

export type ClockChoice =
  | { readonly kind: 'real' }
  /** `start`: epoch milliseconds. */
  | { readonly kind: 'virtual'; readonly start: number };

export interface WorldClock extends Clock {
  readonly virtual: boolean;
  /** Moves a virtual clock forward to `to` (epoch ms); a real clock moves by itself. */
  advance(to: number): void;
}

class RealClock implements WorldClock {
  readonly virtual = false;
  now(): number {
    return Date.now();
  }
  advance(): void {}
}

class VirtualClock implements WorldClock {
  readonly virtual = true;
  #now: number;
  constructor(start: number) {
    this.#now = start;
  }
  now(): number {
    return this.#now;
  }
  advance(to: number): void {
    if (to > this.#now) this.#now = to;
  }
}

export function createClock(choice: ClockChoice): WorldClock {
  return choice.kind === 'real' ? new RealClock() : new VirtualClock(choice.start);
}

/** Runs `work` after every microtask that is ready now, and those they lead to. */
export function afterMicrotasks(work: () => void): void {
  setImmediate(work);
}

/** Resolves when every microtask that is ready now, and those they lead to, have run. */
export function microtasksDrained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** An alarm in real time. It may ring early when `delayMs` is beyond what one timeout holds; the loop then sets it again. */
export function setAlarm(delayMs: number, work: () => void): () => void {
  const handle = setTimeout(work, Math.min(Math.max(0, delayMs), LONGEST_TIMEOUT_MS));
  return () => clearTimeout(handle);
}
