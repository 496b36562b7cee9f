// Choice rules of JSONPath states: every comparison of the States Language, And, Or, Not.

import { runtime } from './failure.ts';
import { has, isObject, type Json, type JsonObject } from './json.ts';
import { pathOf, requirePath, rootOf, type Select, selectFrom } from './path/select.ts';
import type { Scope } from './scope.ts';
import { parseTimestamp } from './timestamp.ts';

export type Test = (input: Json, scope: Scope) => boolean;
type Compare = (value: Json, other: Json) => boolean;

const text =
  (f: (a: string, b: string) => boolean): Compare =>
  (a, b) =>
    typeof a === 'string' && typeof b === 'string' && f(a, b);
const numeric =
  (f: (a: number, b: number) => boolean): Compare =>
  (a, b) =>
    typeof a === 'number' && typeof b === 'number' && f(a, b);
const time =
  (f: (a: number, b: number) => boolean): Compare =>
  (a, b) => {
    if (typeof a !== 'string' || typeof b !== 'string') return false;
    const [x, y] = [parseTimestamp(a), parseTimestamp(b)];
    return x !== undefined && y !== undefined && f(x, y);
  };

export const COMPARISONS: Readonly<Record<string, Compare>> = {
  BooleanEquals: (a, b) => typeof a === 'boolean' && a === b,
  NumericEquals: numeric((a, b) => a === b),
  NumericGreaterThan: numeric((a, b) => a > b),
  NumericGreaterThanEquals: numeric((a, b) => a >= b),
  NumericLessThan: numeric((a, b) => a < b),
  NumericLessThanEquals: numeric((a, b) => a <= b),
  StringEquals: text((a, b) => a === b),
  StringGreaterThan: text((a, b) => a > b),
  StringGreaterThanEquals: text((a, b) => a >= b),
  StringLessThan: text((a, b) => a < b),
  StringLessThanEquals: text((a, b) => a <= b),
  TimestampEquals: time((a, b) => a === b),
  TimestampGreaterThan: time((a, b) => a > b),
  TimestampGreaterThanEquals: time((a, b) => a >= b),
  TimestampLessThan: time((a, b) => a < b),
  TimestampLessThanEquals: time((a, b) => a <= b),
};

export const TYPE_TESTS: Readonly<Record<string, (value: Json) => boolean>> = {
  IsBoolean: (value) => typeof value === 'boolean',
  IsNull: (value) => value === null,
  IsNumeric: (value) => typeof value === 'number',
  IsString: (value) => typeof value === 'string',
  IsTimestamp: (value) => typeof value === 'string' && parseTimestamp(value) !== undefined,
};

/** Glob with `*`; a backslash makes the next character plain. Linear in text and pattern by greedy matching. */
function matches(value: string, pattern: string): boolean {
  const parts: string[] = [];
  let first = '';
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] as string;
    if (char === '*') parts.push('');
    else {
      const plain = char === '\\' && i + 1 < pattern.length ? (pattern[++i] as string) : char;
      if (parts.length === 0) first += plain;
      else parts.push(`${parts.pop()}${plain}`);
    }
  }
  const last = parts.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return value.length - last.length >= at && value.endsWith(last);
}

function variable(rule: JsonObject): { select: Select; require: (input: Json, scope: Scope) => Json } {
  const path = pathOf(rule.Variable as string);
  const select = selectFrom(path);
  return {
    select,
    require: (input, scope) => {
      const value = select(input, scope);
      if (value !== undefined) return value;
      rootOf(path, input, scope);
      throw runtime(`Invalid path '${path.text}': The choice state's condition path references an invalid value.`);
    },
  };
}

/** @throws StateFailure when evaluated and the variable's path leads nowhere */
export function compileRule(rule: JsonObject): Test {
  for (const [key, combine] of [
    [
      'And',
      (tests: Test[]): Test =>
        (input, scope) =>
          tests.every((test) => test(input, scope)),
    ],
    [
      'Or',
      (tests: Test[]): Test =>
        (input, scope) =>
          tests.some((test) => test(input, scope)),
    ],
  ] as const) {
    const rules = rule[key];
    if (Array.isArray(rules)) return combine(rules.map((each) => compileRule(each as JsonObject)));
  }
  if (isObject(rule.Not)) {
    const test = compileRule(rule.Not);
    return (input, scope) => !test(input, scope);
  }
  const { select, require } = variable(rule);
  for (const [key, wanted] of Object.entries(rule)) {
    if (key === 'IsPresent') return (input, scope) => (select(input, scope) !== undefined) === wanted;
    if (has(TYPE_TESTS, key)) {
      const test = TYPE_TESTS[key] as (value: Json) => boolean;
      return (input, scope) => test(require(input, scope)) === wanted;
    }
    if (key === 'StringMatches') {
      return (input, scope) => {
        const value = require(input, scope);
        return typeof value === 'string' && matches(value, wanted as string);
      };
    }
    if (has(COMPARISONS, key)) {
      const compare = COMPARISONS[key] as Compare;
      return (input, scope) => compare(require(input, scope), wanted);
    }
    if (key.endsWith('Path') && has(COMPARISONS, key.slice(0, -4))) {
      const compare = COMPARISONS[key.slice(0, -4)] as Compare;
      const other = requirePath(wanted as string);
      return (input, scope) => compare(require(input, scope), other(input, scope));
    }
  }
  return () => false;
}
