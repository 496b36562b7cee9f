// Variables a JSONata expression takes from outside: those it neither binds itself nor gets from Step Functions or JSONata.

import { jsonata, type Untyped } from '../jsonata/load.ts';

const OWN = new Set(['states', '', '$', 'partition', 'range', 'hash', 'random', 'uuid', 'parse']);

export function freeVariables(ast: Untyped): Set<string> {
  const used = new Set<string>();
  const bound = new Set<string>();
  const called = new Set<string>();
  const walk = (node: Untyped): void => {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) {
      for (const each of node) walk(each);
      return;
    }
    if (node.type === 'variable') used.add(String(node.value));
    if (node.type === 'bind' && node.lhs?.type === 'variable') bound.add(String(node.lhs.value));
    if (node.type === 'lambda') for (const argument of node.arguments ?? []) bound.add(String(argument.value));
    if (node.type === 'function' && node.procedure?.type === 'variable') called.add(String(node.procedure.value));
    for (const [key, value] of Object.entries(node)) if (key !== 'position') walk(value);
  };
  walk(ast);
  return new Set(
    [...used].filter((name) => !OWN.has(name) && !bound.has(name) && !called.has(name) && !isBuiltIn(name)).sort(),
  );
}

const builtIns = new Map<string, boolean>();

/** Whether JSONata itself has a function of the name. */
function isBuiltIn(name: string): boolean {
  let known = builtIns.get(name);
  if (known === undefined) {
    known =
      typeof jsonata(`$type($${name}) = 'function'`).evaluate({}) === 'boolean' &&
      jsonata(`$exists($${name})`).evaluate({});
    builtIns.set(name, known === true);
  }
  return known === true;
}
