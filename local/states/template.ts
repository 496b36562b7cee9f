// Payload templates (Parameters, ResultSelector, ItemSelector, Assign of JSONPath states): members named `x.$` are evaluated.

import { runtime } from './failure.ts';
import { parseIntrinsic } from './intrinsics/parse.ts';
import { isObject, type Json, type JsonObject, put } from './json.ts';
import { pathOf, rootOf, selectFrom } from './path/select.ts';
import type { Evaluate } from './scope.ts';

/** A path or intrinsic call of a member named `field`; a path that leads nowhere fails the state with AWS's words. */
export function expression(text: string, field: string): Evaluate {
  if (!text.startsWith('$')) return parseIntrinsic(text).evaluate;
  const path = pathOf(text);
  const select = selectFrom(path);
  return (input, scope) => {
    const value = select(input, scope);
    if (value === undefined) {
      const root = JSON.stringify(rootOf(path, input, scope));
      throw runtime(
        `The JSONPath '${text}' specified for the field '${field}' could not be found in the input '${root}'`,
      );
    }
    return value;
  };
}

/** Compiles a template. Parts without expressions are shared between evaluations: values are never changed in place. */
export function compileTemplate(template: Json): Evaluate {
  return compile(template) ?? (() => template);
}

function compile(template: Json): Evaluate | undefined {
  if (Array.isArray(template)) {
    const items = template.map(compile);
    if (items.every((each) => each === undefined)) return undefined;
    return (input, scope) => items.map((each, i) => (each ? each(input, scope) : (template[i] as Json)));
  }
  if (!isObject(template)) return undefined;
  const members: { key: string; evaluate: Evaluate | undefined; value: Json }[] = [];
  for (const [key, value] of Object.entries(template)) {
    if (key.endsWith('.$') && typeof value === 'string') {
      members.push({ key: key.slice(0, -2), evaluate: expression(value, key), value });
    } else members.push({ key, evaluate: compile(value), value });
  }
  if (members.every((each) => each.evaluate === undefined)) return undefined;
  return (input, scope) => {
    const out: JsonObject = {};
    for (const { key, evaluate, value } of members) put(out, key, evaluate ? evaluate(input, scope) : value);
    return out;
  };
}
