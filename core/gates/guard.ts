// What a guard is: a condition that fails the gate whatever the score.

import type { Json } from '../json.ts';
import type { Evidence, Finding } from './criterion.ts';

export type GuardParameters = Readonly<Record<string, Json | undefined>>;

export type GuardOutcome =
  | { readonly status: 'held'; readonly detail: string }
  | {
      readonly status: 'broken';
      readonly found: string;
      readonly expected: string;
      readonly findings: readonly Finding[];
    }
  | { readonly status: 'unmeasured'; readonly reason: string };

export interface Guard {
  readonly id: string;
  /** Names of the parameters it takes. */
  readonly parameters: readonly string[];
  /** The weighted criterion that rests on the same evidence, where there is one. */
  readonly criterion?: string;
  /** @throws BadInput when a parameter is missing or of the wrong kind. */
  check(evidence: Evidence, parameters: GuardParameters): GuardOutcome;
}

export const held = (detail: string): GuardOutcome => ({ status: 'held', detail });

export function broken(found: string, expected: string, findings: readonly Finding[]): GuardOutcome {
  return { status: 'broken', found, expected, findings };
}
