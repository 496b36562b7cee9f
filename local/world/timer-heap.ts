// Timers in order of (time, order of setting), as a binary heap. A cancelled timer stays until it surfaces, or until
// cancelled ones are the majority and the heap is built again. Memory only: services set theirs again in boot().

import type { Timer, Timers } from '../service.ts';

export interface DueTimer {
  readonly at: number;
  readonly work: () => void;
  /** Runs as an effect, outside the turn: code of a handler. */
  readonly outside: boolean;
}

interface Entry extends DueTimer {
  readonly sequence: number;
  live: boolean;
}

export class TimerHeap implements Timers {
  #entries: Entry[] = [];
  #sequence = 0;
  #cancelled = 0;
  readonly #onEarlier: () => void;

  /** `onEarlier` is called when a timer is set before all others. */
  constructor(onEarlier: () => void = () => {}) {
    this.#onEarlier = onEarlier;
  }

  set(at: number, work: () => void): Timer {
    return this.#add(at, work, false);
  }

  /** As `set`, for code of a handler, which must not run inside a turn. */
  setOutside(at: number, work: () => void): Timer {
    return this.#add(at, work, true);
  }

  /** Time of the first live timer, or undefined. */
  first(): number | undefined {
    let top = this.#entries[0];
    while (top && !top.live) {
      this.#pop();
      this.#cancelled--;
      top = this.#entries[0];
    }
    return top?.at;
  }

  /** Takes the first live timer off. */
  take(): DueTimer | undefined {
    if (this.first() === undefined) return undefined;
    const entry = this.#pop();
    if (entry) entry.live = false;
    return entry;
  }

  clear(): void {
    for (const entry of this.#entries) entry.live = false;
    this.#entries = [];
    this.#cancelled = 0;
  }

  #add(at: number, work: () => void, outside: boolean): Timer {
    if (!Number.isFinite(at)) throw new RangeError(`a timer needs a time in epoch milliseconds, found ${at}`);
    const entry: Entry = { at, work, outside, sequence: this.#sequence++, live: true };
    const heap = this.#entries;
    let i = heap.push(entry) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(entry, heap[parent] as Entry)) break;
      heap[i] = heap[parent] as Entry;
      i = parent;
    }
    heap[i] = entry;
    if (i === 0) this.#onEarlier();
    return { cancel: () => this.#cancel(entry) };
  }

  #cancel(entry: Entry): void {
    if (!entry.live) return;
    entry.live = false;
    this.#cancelled++;
    if (this.#cancelled > 64 && this.#cancelled * 2 > this.#entries.length) {
      // A sorted array is a heap.
      this.#entries = this.#entries.filter((e) => e.live).sort((x, y) => (before(x, y) ? -1 : 1));
      this.#cancelled = 0;
    }
  }

  #pop(): Entry | undefined {
    const heap = this.#entries;
    const top = heap[0];
    const last = heap.pop();
    if (!last || heap.length === 0) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Entry, heap[child] as Entry)) child++;
      if (!before(heap[child] as Entry, last)) break;
      heap[i] = heap[child] as Entry;
      i = child;
    }
    heap[i] = last;
    return top;
  }
}

function before(x: Entry, y: Entry): boolean {
  return x.at < y.at || (x.at === y.at && x.sequence < y.sequence);
}
