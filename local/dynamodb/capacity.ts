// Consumed capacity of one table in one request, by table and index, as ReturnConsumedCapacity asks for it.

import { validationError } from './errors.ts';
import type { Index, Table } from './table.ts';

export type CapacityDetail = 'INDEXES' | 'TOTAL' | 'NONE';

export interface ConsumedCapacity {
  readonly TableName: string;
  readonly CapacityUnits: number;
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
  readonly Table?: { readonly CapacityUnits: number };
  readonly GlobalSecondaryIndexes?: Record<string, { CapacityUnits: number }>;
  readonly LocalSecondaryIndexes?: Record<string, { CapacityUnits: number }>;
}

export class Capacity {
  readonly #table: Table;
  #units: number;
  readonly #indexes = new Map<Index, number>();

  constructor(table: Table, units: number) {
    this.#table = table;
    this.#units = units;
  }

  add(index: Index | undefined, units: number): void {
    if (index === undefined) this.#units += units;
    else this.#indexes.set(index, (this.#indexes.get(index) ?? 0) + units);
  }

  /** Adds another request's units on the same table. */
  merge(other: Capacity): void {
    this.#units += other.#units;
    for (const [index, units] of other.#indexes) this.add(index, units);
  }

  /** @param factor 2 in a transaction */
  report(detail: CapacityDetail | undefined, factor = 1, kind?: 'Read' | 'Write'): ConsumedCapacity | undefined {
    if (detail === undefined || detail === 'NONE') return undefined;
    const table = this.#units * factor;
    const indexes = [...this.#indexes].map(([index, units]) => ({ index, units: units * factor }));
    const total = indexes.reduce((sum, { units }) => sum + units, table);
    const result: { -readonly [Key in keyof ConsumedCapacity]: ConsumedCapacity[Key] } = {
      TableName: this.#table.name,
      CapacityUnits: total,
    };
    if (kind !== undefined) result[`${kind}CapacityUnits`] = total;
    if (detail !== 'INDEXES') return result;
    result.Table = { CapacityUnits: table };
    for (const { index, units } of indexes) {
      const member = index.global ? 'GlobalSecondaryIndexes' : 'LocalSecondaryIndexes';
      result[member] = { ...result[member], [index.name]: { CapacityUnits: units } };
    }
    return result;
  }
}

/** @throws AwsError ValidationException */
export function capacityDetail(value: unknown): CapacityDetail | undefined {
  if (value === undefined || value === null) return undefined;
  if (value === 'INDEXES' || value === 'TOTAL' || value === 'NONE') return value;
  throw validationError(
    `1 validation error detected: Value '${value}' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]`,
  );
}
