// Document paths with the request's names put in, and reading or projecting items by them.

import { type AttributeValue, attributeOf, type Item, setAttribute } from './attribute-value.ts';

export type Path = ReadonlyArray<string | number>;

/** The value at a path, or undefined. */
export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  let value = attributeOf(item, path[0] as string);
  for (let at = 1; at < path.length && value !== undefined; at += 1)
    value = memberAt(value, path[at] as string | number);
  return value;
}

export function memberAt(value: AttributeValue, step: string | number): AttributeValue | undefined {
  if (typeof step === 'number') return value.L?.[step];
  return value.M === undefined ? undefined : attributeOf(value.M, step);
}

/** Paths as a tree: a step leads to the rest, or to `whole` where a path ends. */
export interface Selection {
  readonly whole: boolean;
  readonly steps: Map<string | number, Selection>;
}

export function selectionOf(paths: readonly Path[]): Selection {
  const root = { whole: false, steps: new Map<string | number, Selection>() };
  for (const path of paths) {
    let at: { whole: boolean; steps: Map<string | number, Selection> } = root;
    for (const step of path) {
      const next = at.steps.get(step) ?? { whole: false, steps: new Map() };
      at.steps.set(step, next);
      at = next;
    }
    at.whole = true;
  }
  return root;
}

/** The parts of an item a selection names; list elements keep their order and close up. */
export function selectItem(item: Item, selection: Selection): Item {
  const result: Item = {};
  for (const [step, rest] of selection.steps) {
    const value = attributeOf(item, step as string);
    const selected = value === undefined ? undefined : select(value, rest);
    if (selected !== undefined) setAttribute(result, step as string, selected);
  }
  return result;
}

function select(value: AttributeValue, selection: Selection): AttributeValue | undefined {
  if (selection.whole) return value;
  if (value.M !== undefined) {
    const map = selectItem(value.M, selection);
    return Object.keys(map).length === 0 ? undefined : { M: map };
  }
  if (value.L === undefined) return undefined;
  const elements = value.L.map((element, at) => {
    const rest = selection.steps.get(at);
    return rest === undefined ? undefined : select(element, rest);
  }).filter((element) => element !== undefined);
  return elements.length === 0 ? undefined : { L: elements };
}
