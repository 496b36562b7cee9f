// Time to live: an item whose TTL attribute (a number, epoch seconds) has passed is deleted by the service, some time later.
// AWS says "within a few days"; here after EXPIRY_LAG_MS. One timer per table, at its first expiry.

import type { Fabric, Timer } from '../service.ts';
import { attributeOf, type Item } from './attribute-value.ts';
import type { Store } from './store.ts';
import type { PrimaryKey, Table } from './table.ts';

export const EXPIRY_LAG_MS = 10 * 60 * 1000;
/** Items whose time is more than five years past are not deleted. */
const OLDEST_SECONDS = 5 * 365 * 24 * 3600;
const BATCH = 100;

/** Epoch seconds the item expires at; undefined when its attribute is missing or no number. */
export function expiryOf(attribute: string, item: Item): number | undefined {
  const number = attributeOf(item, attribute)?.N;
  if (number === undefined) return undefined;
  const seconds = Math.floor(Number(number));
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : undefined;
}

export class Expiry {
  readonly #fabric: Fabric;
  readonly #store: Store;
  readonly #expire: (table: Table, key: PrimaryKey) => void;
  readonly #armed = new Map<string, { at: number; timer: Timer }>();

  constructor(fabric: Fabric, store: Store, expire: (table: Table, key: PrimaryKey) => void) {
    this.#fabric = fabric;
    this.#store = store;
    this.#expire = expire;
  }

  add(table: Table, seconds: number, key: PrimaryKey): void {
    if (seconds < this.#fabric.clock.now() / 1000 - OLDEST_SECONDS) return;
    this.#store.addExpiry(table.id, seconds, key);
    this.#arm(table, seconds);
  }

  /** Arms the timer for what the store holds; call when a table is loaded or its time to live enabled. */
  start(table: Table): void {
    const first = this.#store.firstExpiry(table.id);
    if (first !== undefined) this.#arm(table, first);
  }

  stop(table: Table): void {
    this.#armed.get(table.name)?.timer.cancel();
    this.#armed.delete(table.name);
  }

  #arm(table: Table, seconds: number): void {
    const at = seconds * 1000 + EXPIRY_LAG_MS;
    const armed = this.#armed.get(table.name);
    if (armed !== undefined && armed.at <= at) return;
    armed?.timer.cancel();
    const timer = this.#fabric.timers.set(at, () => {
      this.#armed.delete(table.name);
      this.#sweep(table);
    });
    this.#armed.set(table.name, { at, timer });
  }

  #sweep(table: Table): void {
    const until = Math.floor((this.#fabric.clock.now() - EXPIRY_LAG_MS) / 1000);
    for (const key of this.#store.expiredKeys(table.id, until, BATCH)) this.#expire(table, key);
    this.start(table);
  }
}
