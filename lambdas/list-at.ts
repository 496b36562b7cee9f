// The list that `Artifact.path` names inside the artifacts at hand.

import type { Json } from '../core/json.ts';

/** @returns undefined when the artifact is not there, or there is no list at the path. */
export function listAt(contents: ReadonlyMap<string, Json>, over: string): readonly Json[] | undefined {
  const [type = '', ...path] = over.split('.');
  let value: Json | undefined = contents.get(type);
  for (const member of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = Object.hasOwn(value, member) ? value[member] : undefined;
  }
  return Array.isArray(value) ? value : undefined;
}
