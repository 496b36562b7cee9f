// Values of a guard: whether it is required, and its parameters, which are any plain YAML.

import { z } from 'zod';
import type { Json } from '../../json.ts';
import type { Located } from '../located.ts';
import { leaf, wrongType } from './leaf.ts';

export const guardRequirement = leaf<true | 'when-available' | 'always'>({
  expected: 'true, when-available or always',
  schema: { enum: [true, 'when-available', 'always'] },
  read: (scalar) =>
    scalar === true || scalar === 'when-available' || scalar === 'always' ? { value: scalar } : wrongType,
});

export const approval = leaf<'person'>({
  expected: 'person',
  schema: { const: 'person' },
  read: (scalar) => (scalar === 'person' ? { value: scalar } : wrongType),
});

/** Read by `plainValue`, not by zod: a parameter may be a number, a word or a list. */
export const looseValue = z.custom<Json>(() => true).meta({ description: 'A parameter of the guard.' });

/** Numbers are finite decimals here; a number that is not stays the text it was. */
export function plainValue(node: Located): Json {
  if (node.kind === 'map') {
    return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plainValue(value)]));
  }
  if (node.kind === 'list') return node.items.map(plainValue);
  if (node.value === null || typeof node.value !== 'object') return node.value;
  const number = Number(node.value.text);
  return Number.isFinite(number) ? number : node.value.text;
}
