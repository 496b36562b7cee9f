// Where faults enter: every call that crosses from a handler or an outside caller to a service is shown to the world's `Faults`
// first. What is drawn and when is the injector's business; the same seed must give the same draws.

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
  /** The service is reached only after `ms`. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The caller's environment dies before the service is reached, or after the service did it. */
  | { readonly kind: 'kill'; readonly when: 'before' | 'after' };

export interface Faults {
  /** Asked once for each call. Undefined: the call goes through unharmed. */
  draw(call: CallDescription): Fault | undefined;
}
