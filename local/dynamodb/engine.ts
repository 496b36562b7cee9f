// The tables of one world: finding them, reading items, and writing one item with all that hangs on it
// (index entries, expiry, stream record, consumed capacity). Operations check their input, then call this.

import type { Fabric } from '../service.ts';
import { type AttributeValue, attributeOf, equalItems, type Item, itemSize } from './attribute-value.ts';
import { Capacity } from './capacity.ts';
import { decodeItem, encodeItem } from './codec.ts';
import { tableNotFound, validationError } from './errors.ts';
import { Expiry, expiryOf } from './expiry.ts';
import { writeUnits } from './size.ts';
import { compareKeys } from './sort-key.ts';
import { Store } from './store.ts';
import { StreamLog } from './stream-log.ts';
import {
  type Index,
  indexKey,
  keyAttributes,
  type PrimaryKey,
  type Table,
  type TableDefinition,
  tableOf,
} from './table.ts';

/** An item as it is stored; its text is read only when its members are asked for. */
export class Stored {
  readonly size: number;
  readonly text: string;
  #item: Item | undefined;

  constructor(text: string, size: number, item?: Item) {
    this.text = text;
    this.size = size;
    this.#item = item;
  }

  static of(item: Item): Stored {
    return new Stored(encodeItem(item), itemSize(item), item);
  }

  get item(): Item {
    this.#item ??= decodeItem(this.text);
    return this.#item;
  }
}

export class Engine {
  readonly fabric: Fabric;
  readonly store: Store;
  readonly streams: StreamLog;
  readonly expiry: Expiry;
  readonly #tables = new Map<string, Table>();

  constructor(fabric: Fabric) {
    this.fabric = fabric;
    this.store = new Store(fabric.db);
    this.streams = new StreamLog(fabric, this.store);
    this.expiry = new Expiry(fabric, this.store, (table, key) => this.#expire(table, key));
    for (const { id, definition } of this.store.tables()) this.remember(id, definition);
  }

  arnOf(tableName: string): string {
    return `arn:aws:dynamodb:${this.fabric.region}:${this.fabric.accountId}:table/${tableName}`;
  }

  remember(id: number, definition: TableDefinition): Table {
    const table = tableOf(id, definition, this.arnOf(definition.TableName));
    this.#tables.set(table.name, table);
    return table;
  }

  forget(table: Table): void {
    this.#tables.delete(table.name);
  }

  tables(): Iterable<Table> {
    return this.#tables.values();
  }

  find(nameOrArn: unknown): Table | undefined {
    return this.#tables.get(tableName(nameOrArn));
  }

  /** @throws AwsError ResourceNotFoundException */
  table(nameOrArn: unknown): Table {
    const table = this.find(nameOrArn);
    if (table === undefined) throw tableNotFound();
    return table;
  }

  read(table: Table, key: PrimaryKey): Stored | undefined {
    const row = this.store.get(table.id, key);
    return row === undefined ? undefined : new Stored(row.item, row.size);
  }

  /**
   * Replaces, adds (`old` undefined) or deletes (`next` undefined) one item.
   * @param expired the service itself deletes it, its time to live being over
   * @returns the units written, by table and index
   */
  write(table: Table, key: PrimaryKey, old: Stored | undefined, next: Stored | undefined, expired = false): Capacity {
    if (next !== undefined) this.store.put(table.id, key, next.text, next.size);
    else if (old !== undefined) this.store.remove(table.id, key);
    const capacity = new Capacity(table, writeUnits(Math.max(old?.size ?? 0, next?.size ?? 0)));
    for (const index of table.indexes) this.#writeEntry(index, key, old?.item, next?.item, capacity);
    if (table.expiry !== undefined) this.#writeExpiry(table, table.expiry, key, old?.item, next?.item);
    if (table.stream !== undefined) this.#writeRecord(table, old, next, expired);
    this.fabric.observer?.item({ table: table.name, before: () => old?.item, after: () => next?.item });
    return capacity;
  }

  /** AWS charges an index for each entry removed, written or moved, by the projected size. */
  #writeEntry(index: Index, key: PrimaryKey, old: Item | undefined, next: Item | undefined, capacity: Capacity): void {
    const from = old === undefined ? undefined : indexKey(index, old);
    const to = next === undefined ? undefined : indexKey(index, next);
    if (from !== undefined && to !== undefined && samePlace(from, to)) {
      const [before, after] = [projectedItem(index, old as Item), projectedItem(index, next as Item)];
      if (!equalItems(before, after)) capacity.add(index, writeUnits(Math.max(itemSize(before), itemSize(after))));
      return;
    }
    if (from !== undefined) {
      this.store.removeEntry(index.id, from, key);
      capacity.add(index, writeUnits(itemSize(projectedItem(index, old as Item))));
    }
    if (to !== undefined) {
      this.store.addEntry(index.id, to, key);
      capacity.add(index, writeUnits(itemSize(projectedItem(index, next as Item))));
    }
  }

  #writeExpiry(table: Table, attribute: string, key: PrimaryKey, old: Item | undefined, next: Item | undefined): void {
    const from = old === undefined ? undefined : expiryOf(attribute, old);
    const to = next === undefined ? undefined : expiryOf(attribute, next);
    if (from === to) return;
    if (from !== undefined) this.store.removeExpiry(table.id, from, key);
    if (to !== undefined) this.expiry.add(table, to, key);
  }

  #writeRecord(table: Table, old: Stored | undefined, next: Stored | undefined, expired: boolean): void {
    const either = next ?? old;
    if (either === undefined || (old !== undefined && next !== undefined && sameItem(old, next))) return;
    const keys = keyAttributes(table.keys, either.item);
    this.streams.append(table, { keys, before: old, after: next, expired });
  }

  #expire(table: Table, key: PrimaryKey): void {
    const old = this.read(table, key);
    if (old !== undefined) this.write(table, key, old, undefined, true);
  }
}

/** A parameter that takes a name or an ARN. */
export function tableName(nameOrArn: unknown): string {
  if (typeof nameOrArn !== 'string')
    throw validationError("The parameter 'TableName' is required but was not present in the request");
  return nameOrArn.startsWith('arn:') ? (nameOrArn.split(':table/')[1]?.split('/')[0] ?? '') : nameOrArn;
}

export function projectedItem(index: Index, item: Item): Item {
  if (index.projected === undefined) return item;
  const result: Item = {};
  for (const name of index.projected) {
    const value: AttributeValue | undefined = attributeOf(item, name);
    if (value !== undefined) result[name] = value;
  }
  return result;
}

function sameItem(a: Stored, b: Stored): boolean {
  return a.text === b.text || (a.size === b.size && equalItems(a.item, b.item));
}

function samePlace(a: PrimaryKey, b: PrimaryKey): boolean {
  return compareKeys(a.hash, b.hash) === 0 && compareKeys(a.range, b.range) === 0;
}
