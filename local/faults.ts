// Where faults enter: every call that crosses from a handler or an outside caller to a service is shown to the world's `Faults`
// first, and so are the calls of services among each other and every invocation that is about to start. What is drawn and when is
// the injector's business; the same seed must give the same draws.

import type { AwsError } from './service.ts';

export interface CallDescription {
  readonly service: string;
  readonly operation: string;
  readonly principal?: string;
  /** Lambda environment the call came from. */
  readonly environment?: string;
  /** Number of the call in this world, from 1. */
  readonly sequence: number;
  /** Epoch ms. */
  readonly at: number;
  readonly input: object;
}

export type Fault =
  /** The service is never reached; the caller gets `error` (a throttle is one of these). */
  | { readonly kind: 'before'; readonly error: AwsError }
  /** The service did it; the caller gets `error`. */
  | { readonly kind: 'after'; readonly error: AwsError }
  /** The service did it; after `afterMs` the caller gets a TimeoutError, as from a lost connection. */
  | { readonly kind: 'lost-reply'; readonly afterMs: number }
  /** The service does it twice; the caller gets the first reply. */
  | { readonly kind: 'duplicate' }
  /** The service does it twice, the first reply being lost on the way; the caller gets the second. */
  | { readonly kind: 'retried' }
  /** The service is reached only after `ms`. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The caller's environment dies before the service is reached, or after the service did it. */
  | { readonly kind: 'kill'; readonly when: 'before' | 'after'; readonly reason?: string }
  /** The service did it; the caller's environment stands still for `ms` and finds the reply, and all that came due, then. */
  | { readonly kind: 'pause'; readonly ms: number };

/** Of a call that one service makes of another inside a turn. */
export type InnerFault =
  | { readonly kind: 'refuse'; readonly error: AwsError }
  /** The call is made, and the caller gets `error`. */
  | { readonly kind: 'after'; readonly error: AwsError }
  | { readonly kind: 'duplicate' }
  /** The call is made with another input. */
  | { readonly kind: 'rewrite'; readonly input: object }
  /** The caller is answered now; the call is made after `ms`, or never when that is infinite. */
  | { readonly kind: 'late'; readonly ms: number; readonly reply: object };

export interface InvocationDescription {
  readonly function: string;
  readonly requestId: string;
  readonly at: number;
}

export type InvocationFault =
  | { readonly kind: 'throttle' }
  /** The environment takes `ms` to start. */
  | { readonly kind: 'slow-start'; readonly ms: number }
  /** The function ran to its end, but who invoked it is told that it failed. */
  | { readonly kind: 'lost-outcome' };

export interface Faults {
  /** Asked once for each call. Undefined: the call goes through unharmed. */
  draw(call: CallDescription): Fault | undefined;
  /** Asked once for each call of a service by another. */
  inside?(call: Omit<CallDescription, 'sequence'>): InnerFault | undefined;
  /** Asked once for each invocation. */
  invocation?(invocation: InvocationDescription): InvocationFault | undefined;
  /** How far an environment's clock is off, ms. */
  skewMs?(environment: string): number;
}
