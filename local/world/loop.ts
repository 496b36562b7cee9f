// Drives the turns. Undriven (and in real time) a turn follows work by itself; `run` in virtual time also moves the clock,
// but only when nothing can run: no work waits, all microtasks are drained, nobody holds the clock.

import { afterMicrotasks, microtasksDrained, setAlarm, type WorldClock } from '../clock.ts';
import type { TimerHeap } from './timer-heap.ts';
import type { TurnQueue } from './turn-queue.ts';

export interface RunOptions {
  /** At most this many turns, then 'deadline'. */
  readonly maxTurns?: number;
  /** Epoch ms on the world's clock; time does not move past it. */
  readonly deadline?: number;
}

export type RunResult = 'done' | 'idle' | 'deadline';

interface Watcher {
  readonly check: () => RunResult | undefined;
  readonly resolve: (result: RunResult) => void;
  readonly reject: (error: unknown) => void;
}

const TURNS_IN_ONE_INSTANT = 1_000_000;
const TURNS_BETWEEN_BREATHS = 512;

export class Loop {
  readonly #clock: WorldClock;
  readonly #turns: TurnQueue;
  readonly #timers: TimerHeap;
  #scheduled = false;
  #driven = false;
  #closed = false;
  #holds = 0;
  #alarm: { readonly at: number; readonly cancel: () => void } | undefined;
  #watchers: Watcher[] = [];

  constructor(clock: WorldClock, turns: TurnQueue, timers: TimerHeap) {
    this.#clock = clock;
    this.#turns = turns;
    this.#timers = timers;
  }

  /** Work is waiting: a turn will follow. */
  wake(): void {
    if (this.#scheduled || this.#driven || this.#closed) return;
    this.#scheduled = true;
    afterMicrotasks(() => this.#pump());
  }

  /** In real time, makes sure the first timer will ring. */
  rearm(): void {
    if (this.#clock.virtual || this.#closed) return;
    const at = this.#timers.first();
    if (at === this.#alarm?.at) return;
    this.#alarm?.cancel();
    this.#alarm = undefined;
    if (at === undefined) return;
    const cancel = setAlarm(at - this.#clock.now(), () => {
      this.#alarm = undefined;
      this.#pump();
    });
    this.#alarm = { at, cancel };
  }

  /** Keeps virtual time from moving until the returned function is called: something awaits what no timer tells. */
  hold(): () => void {
    this.#holds++;
    let held = true;
    return () => {
      if (held) this.#holds--;
      held = false;
    };
  }

  /**
   * Runs until `until` holds ('done'), nothing is left to happen ('idle', virtual time only) or a limit is met ('deadline').
   * Rejects with the error that broke the world.
   */
  run(until: () => boolean, options: RunOptions = {}): Promise<RunResult> {
    if (this.#closed) return Promise.reject(new Error('the world is closed'));
    return this.#clock.virtual ? this.#runVirtual(until, options) : this.#runReal(until, options);
  }

  close(): void {
    this.#closed = true;
    this.#alarm?.cancel();
    this.#alarm = undefined;
    for (const watcher of this.#watchers.splice(0)) watcher.reject(new Error('the world was closed'));
  }

  async #runVirtual(until: () => boolean, options: RunOptions): Promise<RunResult> {
    if (this.#driven) throw new Error('this world is being run already');
    this.#driven = true;
    const last = this.#turns.count + (options.maxTurns ?? Number.POSITIVE_INFINITY);
    // Begins with a breath: turns that ran before may have left promises to be followed.
    let sinceBreath = TURNS_BETWEEN_BREATHS + 1;
    let instant = this.#turns.count;
    try {
      for (;;) {
        let stirred = false;
        while (this.#turns.pending) {
          if (this.#turns.turn() > 0) stirred = true;
          if (this.#turns.count >= last) return 'deadline';
          if (stirred || ++sinceBreath > TURNS_BETWEEN_BREATHS) break;
        }
        if (this.#turns.count - instant > TURNS_IN_ONE_INSTANT) {
          throw new Error(
            `time stands still at ${new Date(this.#clock.now()).toISOString()}: ${TURNS_IN_ONE_INSTANT} turns`,
          );
        }
        if (stirred || sinceBreath > TURNS_BETWEEN_BREATHS) {
          sinceBreath = 0;
          await microtasksDrained();
          if (this.#closed) throw new Error('the world was closed');
          if (this.#turns.broken) throw this.#turns.broken.error;
        }
        if (this.#turns.pending) continue;
        if (until()) return 'done';
        if (this.#turns.pending) continue;
        if (this.#holds > 0) {
          sinceBreath = TURNS_BETWEEN_BREATHS + 1;
          await microtasksDrained();
          continue;
        }
        const next = this.#timers.first();
        // The caller's own promises may still be about to act: look once more after the microtasks.
        if (next === undefined || (options.deadline !== undefined && next > options.deadline)) {
          await microtasksDrained();
          if (this.#turns.pending || this.#holds > 0 || this.#timers.first() !== next) continue;
          if (until()) return 'done';
          if (next === undefined) return 'idle';
          this.#clock.advance(options.deadline as number);
          return 'deadline';
        }
        if (next > this.#clock.now()) {
          this.#clock.advance(next);
          instant = this.#turns.count;
        }
        const timer = this.#timers.take();
        if (!timer) continue;
        if (timer.outside) {
          timer.work();
          await microtasksDrained();
          sinceBreath = 0;
        } else this.#turns.defer(timer.work);
      }
    } finally {
      this.#driven = false;
      if (this.#turns.pending && !this.#turns.broken) this.wake();
    }
  }

  #runReal(until: () => boolean, options: RunOptions): Promise<RunResult> {
    const last = this.#turns.count + (options.maxTurns ?? Number.POSITIVE_INFINITY);
    const { deadline } = options;
    if (this.#turns.broken) return Promise.reject(this.#turns.broken.error);
    return new Promise((resolve, reject) => {
      const check = (): RunResult | undefined => {
        if (until()) return 'done';
        const over = this.#turns.count >= last || (deadline !== undefined && this.#clock.now() >= deadline);
        return over ? 'deadline' : undefined;
      };
      this.#watchers.push({ check, resolve, reject });
      if (deadline !== undefined) this.#timers.set(deadline, () => {});
      afterMicrotasks(() => this.#look());
    });
  }

  #pump(): void {
    this.#scheduled = false;
    if (this.#closed || this.#driven) return;
    try {
      if (!this.#clock.virtual) this.#takeDue();
      if (this.#turns.pending) this.#turns.turn();
    } catch (error) {
      const watchers = this.#watchers.splice(0);
      if (watchers.length === 0) throw error;
      for (const watcher of watchers) watcher.reject(error);
      return;
    }
    if (this.#turns.pending) this.wake();
    this.rearm();
    if (this.#watchers.length > 0) afterMicrotasks(() => this.#look());
  }

  #takeDue(): void {
    const now = this.#clock.now();
    for (let at = this.#timers.first(); at !== undefined && at <= now; at = this.#timers.first()) {
      const timer = this.#timers.take();
      if (!timer) return;
      if (timer.outside) timer.work();
      else this.#turns.defer(timer.work);
    }
  }

  #look(): void {
    const waiting = this.#watchers;
    this.#watchers = [];
    for (const watcher of waiting) {
      const result = watcher.check();
      if (result === undefined) this.#watchers.push(watcher);
      else watcher.resolve(result);
    }
  }
}
