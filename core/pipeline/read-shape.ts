// Lays the shape over the located tree. Unlike zod's own parse it goes on after a fault, so every fault is found at once
// and what is sound can still be checked by the rules.

import { z } from 'zod';
import { describe, type Located, type LocatedMap, type Place, type Scalar } from './located.ts';
import type { Problem } from './problem.ts';
import { shorthands } from './shape.ts';
import { oneOf, suggest } from './suggest.ts';
import { plainValue } from './values/guard-value.ts';
import { leaves } from './values/leaf.ts';

export interface ShapeReading {
  /** As the shape's output, except that every faulty part is undefined. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

export function readShape(schema: z.core.$ZodType, root: Located, file: string): ShapeReading {
  const reader = new ShapeReader(file);
  return { value: reader.read(schema, root), problems: reader.problems };
}

type Finding = Pick<Problem, 'rule' | 'found' | 'expected' | 'message'> & { readonly suggestion?: string };

class ShapeReader {
  readonly problems: Problem[] = [];
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  read(schema: z.core.$ZodType, node: Located): unknown {
    const leaf = leaves.get(schema);
    if (leaf !== undefined) return this.#readLeaf(schema, leaf.expected, node);
    if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
      return this.read(schema.def.innerType, node);
    }
    if (schema instanceof z.ZodObject) return this.#readObject(schema, node);
    if (schema instanceof z.ZodArray) return this.#readArray(schema, node);
    if (schema instanceof z.ZodRecord) return this.#readRecord(schema, node);
    return plainValue(node);
  }

  #readLeaf(schema: z.core.$ZodType, expected: string, node: Located): unknown {
    if (node.kind === 'scalar') {
      const reading = z.safeParse(schema, node.value);
      if (reading.success) return reading.data;
      const [issue] = reading.error.issues;
      if (issue?.code === 'custom' && issue.params?.rule === 'out-of-range') {
        this.#report(node.place, {
          rule: 'out-of-range',
          found: describe(node),
          expected,
          message: 'the value is out of range',
        });
        return undefined;
      }
    }
    this.#wrongType(node, expected);
    return undefined;
  }

  #readObject(schema: z.ZodObject, node: Located): unknown {
    const shorthand = shorthands.get(schema);
    if (node.kind === 'scalar' && shorthand !== undefined) {
      const entry = { keyPlace: node.place, value: node };
      return this.#readObject(schema, { ...node, kind: 'map', entries: new Map([[shorthand.key, entry]]) });
    }
    const keys = Object.keys(schema.shape);
    if (node.kind !== 'map') {
      this.#wrongType(node, `a mapping with ${keys.join(', ')}`);
      return undefined;
    }
    const { catchall } = schema.def;
    const open = catchall === undefined || catchall instanceof z.ZodNever ? null : catchall;
    if (open === null) this.#refuseUnknownKeys(node, keys);
    const value: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(schema.shape)) value[key] = this.#readField(key, field, node);
    if (open === null) return value;
    for (const [key, entry] of node.entries) {
      if (!(key in schema.shape)) value[key] = this.read(open, entry.value);
    }
    return value;
  }

  #readField(key: string, field: z.core.$ZodType, node: LocatedMap): unknown {
    const entry = node.entries.get(key);
    if (entry !== undefined) return this.read(field, entry.value);
    if (field instanceof z.ZodDefault) return field.def.defaultValue;
    if (field instanceof z.ZodOptional) return undefined;
    const expected = leaves.get(field)?.expected ?? `${key}`;
    const path = node.place.path === '' ? key : `${node.place.path}.${key}`;
    const message = `${key} is missing`;
    this.#report({ ...node.place, path }, { rule: 'missing-key', found: 'nothing', expected, message });
    return undefined;
  }

  #refuseUnknownKeys(node: LocatedMap, keys: readonly string[]): void {
    for (const [key, { keyPlace }] of node.entries) {
      if (keys.includes(key)) continue;
      this.#report(keyPlace, {
        rule: 'unknown-key',
        found: key,
        expected: oneOf(keys),
        message: 'the key is not known here',
        ...optional(suggest(key, keys)),
      });
    }
  }

  #readArray(schema: z.ZodArray, node: Located): unknown {
    if (node.kind === 'list') return node.items.map((item) => this.read(schema.element, item));
    this.#wrongType(node, 'a list');
    return undefined;
  }

  #readRecord(schema: z.ZodRecord, node: Located): unknown {
    if (node.kind !== 'map') {
      this.#wrongType(node, 'a mapping');
      return undefined;
    }
    const value: Record<string, unknown> = {};
    for (const [key, entry] of node.entries) {
      const keyNode: Located = { kind: 'scalar', place: entry.keyPlace, value: key as Scalar };
      if (this.read(schema.keyType, keyNode) !== undefined) value[key] = this.read(schema.valueType, entry.value);
    }
    return value;
  }

  #wrongType(node: Located, expected: string): void {
    const message = 'this is not what belongs here';
    this.#report(node.place, { rule: 'wrong-type', found: describe(node), expected, message });
  }

  #report(place: Place, finding: Finding): void {
    this.problems.push({ file: this.#file, ...place, ...finding });
  }
}

function optional(suggestion: string | undefined): { suggestion?: string } {
  return suggestion === undefined ? {} : { suggestion };
}
