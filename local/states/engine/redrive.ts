// RedriveExecution: an execution that did not succeed goes on, under its own ARN, from the states that failed or were cut off.
// Branches and iterations that have their output keep it ("Restarting state machine executions with redrive", developer guide).

import type { Engine } from './engine.ts';
import type { Execution, Strand } from './execution.ts';
import { readExecution } from './recover.ts';
import { armExecution } from './start.ts';
import { notifyStatus } from './status-event.ts';

/** Takes the execution up from the store. The caller has checked that it may be redriven. */
export function redrive(engine: Engine, arn: string): Execution {
  const row = engine.store.get('SELECT * FROM sfn_execution WHERE arn = ?', arn);
  if (!row) throw new Error(`no execution ${arn} in the store`);
  const execution = readExecution(engine, row);
  execution.status = 'RUNNING';
  execution.stoppedAt = undefined;
  execution.failure = undefined;
  execution.redriveCount++;
  execution.redrivenAt = engine.now();
  engine.open.set(arn, execution);
  engine.openById.set(execution.id, execution);
  const event = engine.emit(execution, execution.lastEvent, 'ExecutionRedriven', undefined, undefined, {
    redriveCount: execution.redriveCount,
  });
  notifyStatus(engine, execution);
  armExecution(engine, execution);
  for (const strand of [...execution.strands.values()]) takeUp(engine, execution, strand, event);
  return execution;
}

function takeUp(engine: Engine, execution: Execution, strand: Strand, event: number): void {
  if (strand.phase === 'done' || strand.children) {
    if (strand.fan) strand.fan.running = strand.fan.started - strand.fan.done;
    engine.touch(execution, strand);
    return;
  }
  strand.last = event;
  strand.attempts = [];
  strand.retryCount = 0;
  strand.wakeAt = undefined;
  strand.task = undefined;
  strand.fan = undefined;
  // A state that was entered is not entered again: it begins anew.
  strand.phase = strand.phase === 'enter' ? 'enter' : 'again';
  engine.ready(execution, strand);
}

/** Begins a map run's child again that did not succeed; false when there is nothing of it to go on from. */
export function redriveChild(engine: Engine, run: string, index: number): boolean {
  const row = engine.store.get('SELECT arn, facts FROM sfn_execution WHERE map_run = ? AND map_index = ?', run, index);
  if (!row || JSON.parse(row.facts as string).type === 'EXPRESS') return false;
  redrive(engine, row.arn as string);
  return true;
}
