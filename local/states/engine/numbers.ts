// Numbers a state takes from its data: what AWS says when they are none.

import type { NumberField } from '../definition/program.ts';
import { evaluationError, runtime } from '../failure.ts';
import type { Json } from '../json.ts';
import type { Scope } from '../scope.ts';

function shown(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function read(field: NumberField, name: string, kind: string, input: Json, scope: Scope): number {
  if (field.literal !== undefined) return field.literal;
  const value = field.evaluate?.(input, scope);
  // A path may lead to a number written as a text.
  const number = typeof value === 'string' && field.path !== undefined && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && (kind === 'float' ? !Number.isNaN(number) : Number.isInteger(number)))
    return number;
  if (field.path === undefined)
    throw evaluationError(`The ${name} field is not a valid ${kind}: ${shown(value)}`, name);
  throw runtime(`The ${name}Path field refers to value "${shown(value)}" which is not a valid ${kind}: ${field.path}`);
}

export function integerOf(field: NumberField, name: string, input: Json, scope: Scope): number {
  return read(field, name, 'integer', input, scope);
}

export function floatOf(field: NumberField, name: string, input: Json, scope: Scope): number {
  return read(field, name, 'float', input, scope);
}
