// Making and dropping strands.

import type { Machine, State } from '../definition/program.ts';
import type { Doc, JsonObject } from '../json.ts';
import type { Engine } from './engine.ts';
import type { Execution, Strand } from './execution.ts';

export function makeStrand(
  execution: Execution,
  machine: Machine,
  parent: Strand | undefined,
  index: number,
  input: Doc,
  last: number,
  variables: JsonObject = {},
): Strand {
  const strand: Strand = {
    id: execution.nextStrand++,
    parent: parent?.id,
    index,
    machine,
    state: machine.states.get(machine.start) as State,
    phase: 'enter',
    input,
    variables,
    last,
    before: last,
    enteredEvent: 0,
    enteredAt: 0,
    attempts: [],
    retryCount: 0,
    wakeAt: undefined,
    task: undefined,
    fan: undefined,
    items: undefined,
    itemSource: undefined,
    output: undefined,
    children: undefined,
    timers: [],
    dirty: false,
    stored: false,
    itemsStored: false,
    gone: false,
  };
  execution.strands.set(strand.id, strand);
  return strand;
}

/** Drops a strand's children and theirs: its Parallel or Map is over, or begins again. */
export function dropChildren(engine: Engine, execution: Execution, strand: Strand): void {
  for (const child of strand.children ?? []) {
    dropChildren(engine, execution, child);
    dropStrand(engine, execution, child);
  }
  strand.children = undefined;
}

/** Takes a strand out of its execution, with its timers and its place in the store. */
function dropStrand(engine: Engine, execution: Execution, strand: Strand): void {
  if (strand.gone) return;
  strand.gone = true;
  engine.cancelTimers(strand);
  execution.strands.delete(strand.id);
  engine.touch(execution, strand);
}
