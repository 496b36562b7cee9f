// Reads a path from the state's data, the context object or a variable.

import { runtime, StateFailure } from '../failure.ts';
import { has, isObject, type Json } from '../json.ts';
import type { Scope } from '../scope.ts';
import { PathError } from './error.ts';
import { type Path, parsePath, type Segment } from './parse.ts';
import { walk } from './walk.ts';

/** Reads the value; undefined when a definite path leads nowhere. An indefinite path gives an array, perhaps empty. */
export type Select = (input: Json, scope: Scope) => Json | undefined;

function definite(segments: readonly Segment[]): (value: Json) => Json | undefined {
  return (start) => {
    let value: Json | undefined = start;
    for (let i = 0; i < segments.length; i++) {
      const segment = segments[i] as Segment;
      if (segment.kind === 'name') {
        if (value === null || typeof value !== 'object' || Array.isArray(value) || !has(value, segment.name))
          return undefined;
        value = value[segment.name];
      } else if (segment.kind === 'index') {
        if (!Array.isArray(value)) return undefined;
        value = value[segment.index < 0 ? value.length + segment.index : segment.index];
      } else value = walk([segment], value as Json, start)[0];
      if (value === undefined) return undefined;
    }
    return value;
  };
}

export function selectFrom(path: Path): Select {
  const { segments } = path;
  const read: (value: Json) => Json | undefined = path.definite
    ? definite(segments)
    : (value) => walk(segments, value, value);
  if (path.root === 'context') return (_input, scope) => read(scope.context());
  if (path.root === 'variable') {
    return (_input, scope) => {
      const value = scope.variable(path.variable);
      return value === undefined ? undefined : read(value);
    };
  }
  return segments.length === 0 ? (input) => input : (input) => read(input);
}

/** Jayway's words for a path that leads nowhere. */
function explain(path: Path, value: Json): string {
  let at = '$';
  let current: Json | undefined = value;
  for (const [i, segment] of path.segments.entries()) {
    if (segment.kind === 'name') {
      const here = `${at}['${segment.name}']`;
      if (!isObject(current)) {
        const found =
          current === null ? 'null' : Array.isArray(current) ? 'net.minidev.json.JSONArray' : typeof current;
        return `Expected to find an object with property ['${segment.name}'] in path ${at} but found '${found}'. This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JsonSmartJsonProvider'.`;
      }
      if (!has(current, segment.name)) {
        return i === path.segments.length - 1 ? `No results for path: ${here}` : `Missing property in path ${here}`;
      }
      current = current[segment.name];
      at = here;
    } else if (segment.kind === 'index') {
      const here = `${at}[${segment.index}]`;
      if (!Array.isArray(current) || current[segment.index] === undefined) return `No results for path: ${here}`;
      current = current[segment.index];
      at = here;
    } else break;
  }
  return `No results for path: ${at}`;
}

function invalidPath(path: Path, value: Json): StateFailure {
  return runtime(`Invalid path '${path.text}' : ${explain(path, value)}`);
}

export function rootOf(path: Path, input: Json, scope: Scope): Json {
  if (path.root === 'context') return scope.context();
  if (path.root === 'variable') return scope.variable(path.variable) ?? null;
  return input;
}

/** A path whose absence is an error in Jayway's words (InputPath, OutputPath, …Path fields). */
export function requirePath(text: string): (input: Json, scope: Scope) => Json {
  const path = pathOf(text);
  const select = selectFrom(path);
  return (input, scope) => {
    const value = select(input, scope);
    if (value === undefined) throw invalidPath(path, rootOf(path, input, scope));
    return value;
  };
}

/** Parses a path of a definition that was validated. @throws StateFailure States.Runtime */
export function pathOf(text: string): Path {
  try {
    return parsePath(text);
  } catch (cause) {
    if (cause instanceof PathError) throw new StateFailure('States.Runtime', cause.message);
    throw cause;
  }
}
