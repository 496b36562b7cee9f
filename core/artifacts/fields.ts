// Field shapes that many artifacts share: ids, choices that offline drafting may leave unknown, references.

import { z } from 'zod';

/** The words by which a choice may be decided from text alone; read by the offline provider. */
export const TERMS_MARK = 'x-terms';

export function id(prefix: string) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}\\d+$`))
    .describe(`identifier: ${prefix} and a number, from 1 in order`);
}

export function ids(prefix: string, description: string) {
  return z.array(id(prefix)).describe(description);
}

/**
 * One of the names in `terms`, or 'unknown'. `terms` gives for each name the words (lower case, whole words or phrases)
 * whose presence in the text decides it; a name without words is never chosen from text alone.
 */
export function choice<const Name extends string>(description: string, terms: Record<Name, readonly string[]>) {
  const names = Object.keys(terms) as Name[];
  return z.enum([...names, 'unknown']).meta({ description, [TERMS_MARK]: terms as Record<string, readonly string[]> });
}

export function text(description: string) {
  return z.string().min(1).describe(description);
}

export function texts(description: string) {
  return z.array(z.string().min(1)).describe(description);
}

export function count(description: string) {
  return z.int().min(0).describe(description);
}

/** Words or phrases as a list, from one text with commas between them. */
export function list(phrases: string): string[] {
  return phrases.split(', ');
}
