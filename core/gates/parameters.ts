// Reads a guard's parameters. The pipeline's loader checks their names, this their values.

import { BadInput } from '../errors.ts';
import type { Json } from '../json.ts';
import type { GuardParameters } from './guard.ts';

/** @param fallback used when the parameter is absent; without one it must be there. */
export function numberOf(parameters: GuardParameters, name: string, fallback?: number): number {
  const value = parameters[name] ?? fallback;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(name, value, 'a number');
  return value;
}

export function textOf(parameters: GuardParameters, name: string): string {
  const value = parameters[name];
  if (typeof value !== 'string' || value === '') throw wrong(name, value, 'a name');
  return value;
}

export function listOf(parameters: GuardParameters, name: string, fallback?: readonly Json[]): readonly Json[] {
  const value = parameters[name] ?? fallback;
  if (!Array.isArray(value) || value.length === 0) throw wrong(name, value, 'a list of one item or more');
  return value;
}

function wrong(name: string, found: unknown, expected: string): BadInput {
  return new BadInput(
    `guard parameter ${name}: expected ${expected}, found ${found === undefined ? 'none' : JSON.stringify(found)}`,
  );
}
