// The end of an execution: its last event, its status, and who must hear of it.

import type { Failure } from '../failure.ts';
import type { Doc } from '../json.ts';
import type { Engine } from './engine.ts';
import type { Execution, Status } from './execution.ts';
import { describeForParent } from './nested.ts';
import { notifyStatus } from './status-event.ts';

const LAST_EVENT: Record<string, string> = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
};

export function endExecution(
  engine: Engine,
  execution: Execution,
  status: Status,
  previous: number,
  output: Doc | undefined,
  failure?: Failure,
): void {
  if (execution.status !== 'RUNNING') return;
  execution.timer?.cancel();
  execution.timer = undefined;
  const strands = [...execution.strands.values()];
  for (const strand of strands) {
    engine.cancelTimers(strand);
    // Of an execution that may be redriven the strands stay in the store.
    strand.gone = status === 'SUCCEEDED' || execution.facts.type === 'EXPRESS';
    execution.changed.add(strand);
  }
  execution.status = status;
  execution.stoppedAt = engine.now();
  execution.output = output;
  execution.failure = failure;
  const extra: Record<string, string> = {};
  if (failure?.error != null) extra.error = failure.error;
  if (failure?.cause != null) extra.cause = failure.cause;
  const type = LAST_EVENT[status] as string;
  engine.emit(execution, previous, type, undefined, output, output ? undefined : extra);
  engine.open.delete(execution.facts.arn);
  engine.openById.delete(execution.id);
  engine.ended.set(execution.facts.arn, execution);
  for (const strand of strands) engine.abandon(strand);
  execution.strands.clear();
  tell(engine, execution);
}

/** Tells EventBridge, the waiting `.sync` tasks and the listeners of this process. */
function tell(engine: Engine, execution: Execution): void {
  const { waiters } = execution;
  execution.waiters = [];
  if (execution.facts.type === 'STANDARD' && !execution.facts.map) notifyStatus(engine, execution);
  for (const waiter of waiters) {
    const parent = engine.open.get(waiter.execution);
    const strand = parent?.strands.get(waiter.strand);
    if (parent && strand?.task?.event === waiter.event) {
      engine.guarded(parent, () => engine.childEnded(engine, parent, strand, describeForParent(execution)));
    }
  }
  if (execution.facts.map) engine.moves.mapChildEnded(engine, execution);
  const listeners = engine.listeners.get(execution.facts.arn);
  engine.listeners.delete(execution.facts.arn);
  for (const listener of listeners ?? []) listener(execution);
}
