// What a kind of fault is: where it can strike, and what it does there.

import type { CallDescription, Fault, InnerFault, InvocationDescription, InvocationFault } from '../../local/faults.ts';

/** From 0 (inclusive) to 1 (exclusive), the same for the same fault of the same seed. */
type Draw = (what: string) => number;

export type InnerCall = Omit<CallDescription, 'sequence'>;

interface Common {
  readonly id: string;
  /** Opportunities of a usual run, from which one is drawn; for `operator`, minutes. */
  readonly most: number;
}

export type FaultKind = Common &
  (
    | { readonly at: 'call'; matches(call: CallDescription): boolean; harm(draw: Draw): Fault }
    | { readonly at: 'inside'; matches(call: InnerCall): boolean; harm(draw: Draw, call: InnerCall): InnerFault }
    | {
        readonly at: 'invocation';
        matches(invocation: InvocationDescription): boolean;
        harm(draw: Draw): InvocationFault;
      }
    | { readonly at: 'clock'; skewMs(draw: Draw): number }
    /** Drawn by the model itself, for this share of its calls. */
    | { readonly at: 'model'; readonly share: number }
    /** Carried out by the simulator. */
    | { readonly at: 'operator' }
  );

export const isWorker = ({ environment = '' }: { readonly environment?: string }): boolean =>
  environment.includes('worker-');
export const isHandler = ({ environment = '' }: { readonly environment?: string }): boolean =>
  environment.includes('ideamine-') && !environment.includes('worker-');

export const minutes = (draw: number, least: number, most: number): number =>
  Math.round((least + draw * (most - least)) * 60_000);
