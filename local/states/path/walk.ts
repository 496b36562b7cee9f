// Collects the values a list of path segments leads to.

import { has, isObject, type Json } from '../json.ts';
import type { Segment } from './parse.ts';

/** Every value the segments lead to from `start`, in document order; empty when there is none. */
export function walk(segments: readonly Segment[], start: Json, root: Json): Json[] {
  let current: Json[] = [start];
  for (const segment of segments) {
    const next: Json[] = [];
    for (const value of current) step(segment, value, root, next);
    current = next;
  }
  return current;
}

function step(segment: Segment, value: Json, root: Json, out: Json[]): void {
  switch (segment.kind) {
    case 'name':
      if (isObject(value) && has(value, segment.name)) out.push(value[segment.name] as Json);
      return;
    case 'names':
      for (const name of segment.names) if (isObject(value) && has(value, name)) out.push(value[name] as Json);
      return;
    case 'index':
      pushAt(value, segment.index, out);
      return;
    case 'indices':
      for (const index of segment.indices) pushAt(value, index, out);
      return;
    case 'slice':
      if (Array.isArray(value)) for (const item of slice(value, segment.from, segment.to, segment.step)) out.push(item);
      return;
    case 'all':
      if (Array.isArray(value)) for (const item of value) out.push(item);
      else if (isObject(value)) for (const item of Object.values(value)) out.push(item);
      return;
    case 'deep':
      deep(value, out);
      return;
    case 'filter':
      if (Array.isArray(value)) {
        for (const item of value) if (segment.filter(item, root)) out.push(item);
      } else if (isObject(value) && segment.filter(value, root)) out.push(value);
      return;
    case 'function': {
      const result = callFunction(segment.name, value);
      if (result !== undefined) out.push(result);
    }
  }
}

function pushAt(value: Json, index: number, out: Json[]): void {
  if (!Array.isArray(value)) return;
  const item = value[index < 0 ? value.length + index : index];
  if (item !== undefined) out.push(item);
}

function slice(items: Json[], from: number | null, to: number | null, stepSize: number): Json[] {
  const picked = items.slice(from ?? undefined, to ?? undefined);
  return stepSize > 1 ? picked.filter((_, i) => i % stepSize === 0) : picked;
}

function deep(value: Json, out: Json[]): void {
  const stack: Json[] = [value];
  while (stack.length > 0) {
    const item = stack.pop() as Json;
    out.push(item);
    const children = Array.isArray(item) ? item : isObject(item) ? Object.values(item) : [];
    for (let i = children.length - 1; i >= 0; i--) stack.push(children[i] as Json);
  }
}

function callFunction(name: string, value: Json): Json | undefined {
  if (name === 'length') {
    if (Array.isArray(value) || typeof value === 'string') return value.length;
    return isObject(value) ? Object.keys(value).length : undefined;
  }
  if (name === 'keys') return isObject(value) ? Object.keys(value) : undefined;
  if (!Array.isArray(value)) return undefined;
  if (name === 'first') return value[0];
  if (name === 'last') return value.at(-1);
  const numbers = value.filter((item): item is number => typeof item === 'number');
  const sum = numbers.reduce((a, b) => a + b, 0);
  if (name === 'sum') return sum;
  if (numbers.length === 0) return undefined;
  if (name === 'min') return Math.min(...numbers);
  if (name === 'max') return Math.max(...numbers);
  const mean = sum / numbers.length;
  if (name === 'avg') return mean;
  if (name === 'stddev') return Math.sqrt(numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / numbers.length);
  return undefined;
}
