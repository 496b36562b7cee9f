// What an expression may see beside its input: the context object, the variables and the execution's randomness.

import type { Json, JsonObject } from './json.ts';

export interface Scope {
  /** The context object `$$`. */
  context(): JsonObject;
  /** The variable's value, or undefined when it was never assigned. */
  variable(name: string): Json | undefined;
  /** All variables in sight. */
  variables(): JsonObject;
  /** 0 <= x < 1 */
  random(): number;
  uuid(): string;
  now(): number;
}

/** A compiled expression or template. @throws StateFailure */
export type Evaluate = (input: Json, scope: Scope) => Json;
