// Opening an execution: its record, its first event, its first strand.

import type { Machine, Program } from '../definition/program.ts';
import type { Doc } from '../json.ts';
import type { Engine } from './engine.ts';
import type { Execution, ExecutionFacts } from './execution.ts';
import { notifyStatus } from './status-event.ts';
import { makeStrand } from './strand.ts';

export function openExecution(engine: Engine, program: Program, input: Doc, facts: ExecutionFacts): Execution {
  const execution: Execution = {
    id: engine.store.nextId(),
    facts,
    program,
    input,
    status: 'RUNNING',
    stoppedAt: undefined,
    output: undefined,
    failure: undefined,
    lastEvent: 0,
    nextStrand: 1,
    strands: new Map(),
    history: [],
    changed: new Set(),
    waiters: [],
    timer: undefined,
    redriveCount: 0,
    redrivenAt: undefined,
    headDirty: true,
    stored: false,
  };
  engine.open.set(facts.arn, execution);
  engine.openById.set(execution.id, execution);
  engine.emit(execution, 0, 'ExecutionStarted', undefined, input, { roleArn: facts.roleArn });
  if (facts.type === 'STANDARD' && !facts.map) notifyStatus(engine, execution);
  armExecution(engine, execution);
  const machine = facts.map ? (program.machines[facts.map.machine] as Machine) : program.root;
  engine.ready(execution, makeStrand(execution, machine, undefined, 0, input, 0));
  return execution;
}

/** The machine's TimeoutSeconds; the execution ends TIMED_OUT, without error or cause. */
export function armExecution(engine: Engine, execution: Execution): void {
  const seconds = execution.facts.map ? undefined : execution.program.timeoutSeconds;
  if (seconds === undefined) return;
  const from = execution.redrivenAt ?? execution.facts.startedAt;
  execution.timer = engine.fabric.timers.set(from + seconds * 1000, () => {
    engine.moves.endExecution(engine, execution, 'TIMED_OUT', 0, undefined);
  });
}
