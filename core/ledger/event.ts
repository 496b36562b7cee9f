// The events of a run (spec §7). The ledger function numbers them per run; the number is their order.

import type { Json } from '../json.ts';

type EventType =
  | 'run.started'
  | 'run.resumed'
  | 'run.stopping'
  | 'run.completed'
  | 'run.failed'
  | 'run.published'
  | 'run.budget'
  | 'phase.started'
  | 'phase.progress'
  | 'phase.ready'
  | 'phase.gate.passed'
  | 'phase.gate.failed'
  | 'phase.stalled'
  | 'phase.timeout'
  | 'phase.completed'
  | 'phase.error'
  | 'task.plateau'
  | 'task.retry'
  | 'kmap.delta';

/** What a writer leaves in the outbox. */
export interface EventDraft {
  readonly type: EventType;
  readonly phase?: string;
  readonly task?: string;
  readonly detail?: { readonly [key: string]: Json };
}

export interface RunEvent extends EventDraft {
  readonly runId: string;
  /** From 1, without gaps. */
  readonly seq: number;
  /** ISO time at which it happened, as its writer saw it. */
  readonly at: string;
  readonly detail: { readonly [key: string]: Json };
}

/** Gives events the numbers after `last`, in the order they are in. */
export function numberEvents(last: number, runId: string, at: string, drafts: readonly EventDraft[]): RunEvent[] {
  return drafts.map((draft, index) => ({ ...draft, runId, seq: last + 1 + index, at, detail: draft.detail ?? {} }));
}
