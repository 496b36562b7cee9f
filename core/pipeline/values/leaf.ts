// One value as it is written in a pipeline file: how its text becomes the model's value, what to say when it does not,
// and how an editor should see it. Shapes are zod; a leaf is the only place where text is interpreted.

import { z } from 'zod';
import { describeScalar, type Scalar } from '../located.ts';

/** A value that was read, or why not. */
export type Reading<T> = { readonly value: T } | { readonly rule: 'wrong-type' | 'out-of-range' };

export interface LeafInfo {
  /** What should have stood there, for error texts. */
  readonly expected: string;
  /** Names an open vocabulary; the JSON Schema lists its words. */
  readonly vocabulary?: Vocabulary;
}

export type Vocabulary = 'artifactType' | 'agent' | 'tool' | 'provider' | 'criterion' | 'guard';

/** Which zod schemas are leaves, and what they expect. */
export const leaves = z.registry<LeafInfo>();

export interface LeafOptions<T> extends LeafInfo {
  read(scalar: Scalar): Reading<T>;
  /** JSON Schema keywords for editors. */
  readonly schema: Record<string, unknown>;
}

export function leaf<T>({ read, schema, ...info }: LeafOptions<T>) {
  const transform = z
    .unknown()
    .transform((raw, context): T => {
      const reading = read(raw as Scalar);
      if ('value' in reading) return reading.value;
      const message = `found ${describeScalar(raw as Scalar)}, expected ${info.expected}`;
      context.addIssue({ code: 'custom', message, params: { rule: reading.rule } });
      return z.NEVER;
    })
    .meta({ description: capital(info.expected), ...schema });
  return transform.register(leaves, info);
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

export const wrongType = { rule: 'wrong-type' } as const;
export const outOfRange = { rule: 'out-of-range' } as const;

/** The text of a word or a number; null for anything else. */
export function textOf(scalar: Scalar): string | null {
  if (typeof scalar === 'string') return scalar.trim();
  return scalar !== null && typeof scalar === 'object' ? scalar.text : null;
}
