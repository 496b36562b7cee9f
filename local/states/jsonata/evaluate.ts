// Compiles `{% … %}` expressions and templates of JSONata states.
// Evaluation is bounded by a count of steps, a depth and a length of sequences; regular expressions cannot backtrack.

import { createHash } from 'node:crypto';
import { evaluationError, StateFailure } from '../failure.ts';
import { seeded } from '../intrinsics/functions.ts';
import { isObject, type Json, type JsonObject, put } from '../json.ts';
import type { Evaluate, Scope } from '../scope.ts';
import { LinearRegex } from './linear-regex.ts';
import { ambient, jsonata, type SyncExpression, type Untyped } from './load.ts';

const MAX_STEPS = 1_000_000;
const MAX_DEPTH = 500;
const MAX_SEQUENCE = 1_000_000;

let steps = 0;

function spend(count: number): void {
  steps += count;
  if (steps > MAX_STEPS) throw { code: 'D1012', message: 'the expression took too many steps' };
}

/** The evaluator reads `stack` once a step; so steps are counted where it is read. */
const GUARDED = {
  get stack(): number {
    spend(1);
    return MAX_DEPTH;
  },
  allocate: spend,
  sequence: MAX_SEQUENCE,
  RegexEngine: LinearRegex,
};

const EXPRESSION = /^\{%([\s\S]*)%\}$/;

/** The text inside `{% %}`, trimmed, or undefined when the value is no expression. */
export function expressionText(value: Json | undefined): string | undefined {
  const found = typeof value === 'string' ? EXPRESSION.exec(value) : null;
  return found ? (found[1] as string).trim() : undefined;
}

/** Functions Step Functions adds to JSONata (developer guide, "JSONata functions provided by Step Functions"). */
function addFunctions(expression: SyncExpression): void {
  expression.registerFunction('partition', (items: Json, size: number) => {
    if (items === undefined) return undefined;
    const list = Array.isArray(items) ? items : [items];
    const count = Math.floor(size);
    if (!(count > 0)) throw { code: 'D3001', message: 'the chunk size must be positive' };
    const out: Json[] = [];
    for (let i = 0; i < list.length; i += count) out.push(list.slice(i, i + count));
    return out;
  });
  expression.registerFunction('range', (first: number, last: number, step: number) => {
    if (!(Math.abs(step) > 0)) throw { code: 'D3002', message: 'the step must not be 0' };
    if ((last - first) / step >= MAX_SEQUENCE) throw { code: 'D2015', message: 'the range is too long' };
    const out: number[] = [];
    for (let x = first; step > 0 ? x <= last : x >= last; x += step) out.push(x);
    return out;
  });
  expression.registerFunction('hash', (data: unknown, algorithm: unknown) => {
    if (data === undefined) return undefined;
    const name = String(algorithm ?? 'SHA-256')
      .toLowerCase()
      .replace(/^sha-/, 'sha');
    if (!['md5', 'sha1', 'sha256', 'sha384', 'sha512'].includes(name)) {
      throw { code: 'D3003', message: `there is no algorithm ${algorithm}` };
    }
    return createHash(name)
      .update(typeof data === 'string' ? data : JSON.stringify(data))
      .digest('hex');
  });
  expression.registerFunction('random', (seed?: number) => (seed === undefined ? ambient.random() : seeded(seed)));
  expression.registerFunction('parse', (text: string) => (text === undefined ? undefined : JSON.parse(text)));
  expression.registerFunction('eval', () => {
    throw { code: 'D3004', message: '$eval is not supported' };
  });
}

const cache = new Map<string, SyncExpression>();

/** @throws JSONata's error for a text that does not parse */
export function compileJsonata(text: string): SyncExpression {
  let expression = cache.get(text);
  if (!expression) {
    expression = jsonata(text, GUARDED);
    addFunctions(expression);
    if (cache.size > 10_000) cache.clear();
    cache.set(text, expression);
  }
  return expression;
}

function statesOf(input: Json, scope: Scope & { result?: Json; errorOutput?: Json }): object {
  const states: Record<string, unknown> = { input };
  Object.defineProperty(states, 'context', { enumerable: true, get: () => scope.context() });
  if (scope.result !== undefined) states.result = scope.result;
  if (scope.errorOutput !== undefined) states.errorOutput = scope.errorOutput;
  return states;
}

/** JSON from a JSONata value: its functions have no value and sequences are plain arrays. */
function plain(value: Untyped): Json | undefined {
  if (value === undefined || typeof value === 'function') return undefined;
  if (value === null || typeof value !== 'object') return value as Json;
  if (value._jsonata_lambda || value._jsonata_function) return undefined;
  return JSON.parse(JSON.stringify(value)) as Json;
}

export function compileExpression(text: string, location: string): Evaluate {
  const expression = compileJsonata(text);
  return (input, scope) => {
    const value = run(expression, text, location, input, scope);
    if (value === undefined) {
      throw evaluationError(
        `The JSONata expression '${text}' specified for the field '${location}' returned nothing (undefined).`,
        location,
      );
    }
    return value;
  };
}

function run(expression: SyncExpression, text: string, location: string, input: Json, scope: Scope): Json | undefined {
  steps = 0;
  ambient.now = () => scope.now();
  ambient.random = () => scope.random();
  const bindings: Record<string, unknown> = { ...scope.variables(), states: statesOf(input, scope) };
  bindings.uuid = () => scope.uuid();
  try {
    return plain(expression.evaluate(undefined, bindings));
  } catch (cause) {
    if (cause instanceof StateFailure) throw cause;
    const message = (cause as { message?: string }).message ?? String(cause);
    throw evaluationError(
      `The JSONata expression '${text}' specified for the field '${location}' threw an error during evaluation. ${message}`,
      location,
    );
  }
}

/** Compiles a field that holds JSON with expressions in it; undefined when there is none and the value is constant. */
function compilePart(template: Json, location: string): Evaluate | undefined {
  const text = expressionText(template);
  if (text !== undefined) return compileExpression(text, location);
  if (Array.isArray(template)) {
    const items = template.map((item, i) => compilePart(item, `${location}[${i}]`));
    if (items.every((each) => each === undefined)) return undefined;
    return (input, scope) => items.map((each, i) => (each ? each(input, scope) : (template[i] as Json)));
  }
  if (!isObject(template)) return undefined;
  const members = Object.entries(template).map(([key, value]) => ({
    key,
    value,
    evaluate: compilePart(value, `${location}/${key}`),
  }));
  if (members.every((each) => each.evaluate === undefined)) return undefined;
  return (input, scope) => {
    const out: JsonObject = {};
    for (const { key, value, evaluate } of members) put(out, key, evaluate ? evaluate(input, scope) : value);
    return out;
  };
}

export function compileJsonataTemplate(template: Json, location: string): Evaluate {
  return compilePart(template, location) ?? (() => template);
}

export function typeName(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

/** An expression that must give a value of the type. */
export function typedExpression(
  text: string,
  location: string,
  expected: string,
  accepts: (value: Json) => boolean,
): Evaluate {
  const evaluate = compileExpression(text, location);
  return (input, scope) => {
    const value = evaluate(input, scope);
    if (!accepts(value)) {
      throw evaluationError(
        `The JSONata expression '${text}' specified for the field '${location}' returned an unexpected result type. Expected '${expected}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`,
        location,
      );
    }
    return value;
  };
}
