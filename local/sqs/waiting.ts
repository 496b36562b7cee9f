// Who waits for messages: long polls, and listeners such as event source mappings. One timer a queue, for the next message to become
// visible, and only while somebody waits.

import type { Fabric, Timer } from '../service.ts';

interface Poll {
  /** Looks again; undefined when there is still nothing. */
  readonly look: () => object | undefined;
  readonly answer: (output: object) => void;
  readonly end: Timer;
}

interface QueueWaiting {
  readonly listeners: (() => void)[];
  polls: Poll[];
  timer: { readonly at: number; readonly timer: Timer } | undefined;
  told: boolean;
}

export class Waiting {
  readonly #fabric: Fabric;
  readonly #nextVisible: (queue: string) => number | undefined;
  readonly #queues = new Map<string, QueueWaiting>();

  constructor(fabric: Fabric, nextVisible: (queue: string) => number | undefined) {
    this.#fabric = fabric;
    this.#nextVisible = nextVisible;
  }

  watch(queue: string, listener: () => void): void {
    this.#of(queue).listeners.push(listener);
    this.changed(queue, true);
  }

  /** The promise of a reply: as soon as `look` gives one, or empty at `until` (epoch ms). */
  poll(queue: string, until: number, look: () => object | undefined): Promise<object> {
    return new Promise((resolve) => {
      const state = this.#of(queue);
      const poll: Poll = {
        look,
        answer: (output) => this.#fabric.turns.afterCommit(() => resolve(output)),
        end: this.#fabric.timers.set(until, () => {
          state.polls = state.polls.filter((other) => other !== poll);
          poll.answer({});
          rest(state);
        }),
      };
      state.polls.push(poll);
      this.changed(queue, false);
    });
  }

  /** Messages came, went, or changed their time. `visible`: some may be visible now. */
  changed(queue: string, visible: boolean): void {
    const state = this.#queues.get(queue);
    if (!state || (state.listeners.length === 0 && state.polls.length === 0)) return;
    if (visible && !state.told) {
      state.told = true;
      this.#fabric.turns.defer(() => {
        state.told = false;
        this.#tell(state);
      });
    }
    const next = this.#nextVisible(queue);
    if (next === undefined || (state.timer && state.timer.at <= next)) return;
    state.timer?.timer.cancel();
    const timer = this.#fabric.timers.set(next, () => {
      state.timer = undefined;
      this.changed(queue, true);
    });
    state.timer = { at: next, timer };
  }

  #tell(state: QueueWaiting): void {
    const polls = state.polls;
    state.polls = [];
    for (const poll of polls) {
      const output = poll.look();
      if (output === undefined) state.polls.push(poll);
      else {
        poll.end.cancel();
        poll.answer(output);
      }
    }
    for (const listener of state.listeners) listener();
    rest(state);
  }

  #of(queue: string): QueueWaiting {
    let state = this.#queues.get(queue);
    if (!state) {
      state = { listeners: [], polls: [], timer: undefined, told: false };
      this.#queues.set(queue, state);
    }
    return state;
  }
}

/** Nobody waits any more: nothing needs to happen when a message becomes visible. */
function rest(state: QueueWaiting): void {
  if (state.listeners.length > 0 || state.polls.length > 0) return;
  state.timer?.timer.cancel();
  state.timer = undefined;
}
