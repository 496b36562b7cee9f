// A strand as its row: everything but what the definition, timers and memory give back.

import type { Program, State } from '../definition/program.ts';
import { docOfText, type Json, textOf } from '../json.ts';
import type { Strand, TaskRun } from './execution.ts';

export interface StrandRow {
  readonly id: number;
  readonly body: string;
  readonly input: string;
  readonly output: string | null;
  readonly items: string | null;
}

type Frozen = Pick<
  Strand,
  | 'parent'
  | 'index'
  | 'phase'
  | 'variables'
  | 'last'
  | 'before'
  | 'enteredEvent'
  | 'enteredAt'
  | 'attempts'
  | 'retryCount'
  | 'wakeAt'
  | 'fan'
  | 'itemSource'
> & { machine: number; state: string; task: (Omit<TaskRun, 'parameters'> & { parameters: string }) | undefined };

export function freezeStrand(strand: Strand): Frozen {
  const { task } = strand;
  return {
    parent: strand.parent,
    index: strand.index,
    machine: strand.machine.index,
    state: strand.state.name,
    phase: strand.phase,
    variables: strand.variables,
    last: strand.last,
    before: strand.before,
    enteredEvent: strand.enteredEvent,
    enteredAt: strand.enteredAt,
    attempts: strand.attempts,
    retryCount: strand.retryCount,
    wakeAt: strand.wakeAt,
    fan: strand.fan,
    itemSource: strand.itemSource,
    task: task && { ...task, parameters: textOf(task.parameters) },
  };
}

export function thawStrand(row: StrandRow, program: Program): Strand {
  const body = JSON.parse(row.body) as Frozen;
  const machine = program.machines[body.machine] as Strand['machine'];
  return {
    ...body,
    id: row.id,
    parent: body.parent,
    machine,
    state: machine.states.get(body.state) as State,
    input: docOfText(row.input),
    output: row.output === null ? undefined : docOfText(row.output),
    wakeAt: body.wakeAt,
    fan: body.fan,
    itemSource: body.itemSource,
    task: body.task && { ...body.task, parameters: docOfText(body.task.parameters) },
    items: row.items === null ? undefined : (JSON.parse(row.items) as Json[]),
    children: undefined,
    timers: [],
    dirty: false,
    stored: true,
    itemsStored: row.items !== null,
    gone: false,
  };
}
