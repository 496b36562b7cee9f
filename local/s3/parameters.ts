// Which members of a request an operation understands here; any other present is refused by name.

import { unsupported } from './errors.ts';

/** @param known names in one text */
export function onlyParameters(operation: string, input: object, known: ReadonlySet<string>): void {
  for (const name in input)
    if (!known.has(name) && (input as Record<string, unknown>)[name] !== undefined)
      throw unsupported(`the parameter ${name} of ${operation}`);
}

export function names(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}
