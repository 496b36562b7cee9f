// Number fields of a state: a literal, a reference path (`…Path`), or a JSONata expression.

import type { JsonObject } from '../json.ts';
import { expressionText, typedExpression } from '../jsonata/evaluate.ts';
import { requirePath } from '../path/select.ts';
import type { NumberField } from './program.ts';

export function numberField(state: JsonObject, name: string): NumberField | undefined {
  const literal = state[name];
  if (typeof literal === 'number') return { literal, evaluate: undefined, path: undefined };
  const path = state[`${name}Path`];
  return typeof path === 'string' ? { literal: undefined, evaluate: requirePath(path), path } : undefined;
}

export function jsonataNumber(state: JsonObject, name: string, location = name): NumberField | undefined {
  const literal = state[name];
  if (typeof literal === 'number') return { literal, evaluate: undefined, path: undefined };
  const text = expressionText(literal);
  if (text === undefined) return undefined;
  return {
    literal: undefined,
    evaluate: typedExpression(text, location, 'number', (value) => typeof value === 'number'),
    path: undefined,
  };
}
