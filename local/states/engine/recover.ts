// After a restart: open executions are read back and each strand goes on exactly where the last commit left it.

import type { MapState } from '../definition/program.ts';
import { type Json, jsonOf } from '../json.ts';
import { effective } from './effective.ts';
import type { Engine } from './engine.ts';
import type { Execution, Strand } from './execution.ts';
import { type MapRun, read } from './map-run.ts';
import { startChildren } from './map-run-children.ts';
import { integerOf } from './numbers.ts';
import { offerActivity } from './offers.ts';
import { armExecution } from './start.ts';
import { type Row, recordOf } from './store.ts';
import { thawStrand } from './strand-row.ts';
import { armTask, dispatch } from './task.ts';
import { wake } from './wait.ts';

export function recover(engine: Engine, resume: (execution: Execution, strand: Strand) => void): void {
  const executions: Execution[] = [];
  for (const row of engine.store.openRows()) {
    const execution = readExecution(engine, row);
    engine.open.set(execution.facts.arn, execution);
    engine.openById.set(execution.id, execution);
    executions.push(execution);
  }
  // Calls may find other executions, so all are in place before the first goes on.
  for (const execution of executions) {
    armExecution(engine, execution);
    for (const strand of [...execution.strands.values()]) goOn(engine, execution, strand, resume);
  }
}

/** An execution with its strands, as the store has it. */
export function readExecution(engine: Engine, row: Row): Execution {
  const record = recordOf(row);
  const execution: Execution = {
    ...record,
    program: engine.store.program(record.facts.definitionHash, engine.compile),
    strands: new Map(),
    history: [],
    changed: new Set(),
    timer: undefined,
    headDirty: false,
    stored: true,
  };
  for (const strandRow of engine.store.strandRows(execution.id)) {
    const strand = thawStrand(strandRow, execution.program);
    execution.strands.set(strand.id, strand);
  }
  adopt(execution);
  return execution;
}

/** Gives parents their children back, in branch or item order. */
function adopt(execution: Execution): void {
  for (const strand of execution.strands.values()) {
    if (strand.parent === undefined) continue;
    const parent = execution.strands.get(strand.parent);
    if (!parent) continue;
    parent.children ??= [];
    parent.children[strand.index] = strand;
  }
}

function goOn(
  engine: Engine,
  execution: Execution,
  strand: Strand,
  resume: (execution: Execution, strand: Strand) => void,
): void {
  switch (strand.phase) {
    case 'enter':
    case 'again':
      engine.ready(execution, strand);
      return;
    case 'start':
      armTask(engine, execution, strand);
      engine.ready(execution, strand);
      return;
    case 'wait':
      engine.at(execution, strand, strand.wakeAt as number, () => wake(engine, execution, strand));
      return;
    case 'retry':
      engine.at(execution, strand, strand.wakeAt as number, () => resume(execution, strand));
      return;
    case 'task':
      takeUpTask(engine, execution, strand);
      return;
    case 'children':
      if (strand.fan?.mapRun !== undefined) takeUpMapRun(engine, execution, strand, strand.fan.mapRun);
      return;
    case 'done':
    case 'failed':
      return;
  }
}

function takeUpTask(engine: Engine, execution: Execution, strand: Strand): void {
  armTask(engine, execution, strand);
  const { task, state } = strand;
  if (!task || state.type !== 'Task') return;
  if (state.resource.kind === 'activity') {
    if (task.phase === 'scheduled') offerActivity(engine, state.resource.arn, execution, strand);
    return;
  }
  // The call died with the process; its answer was never committed.
  if (task.phase === 'started')
    engine.fabric.turns.defer(() => {
      if (execution.status === 'RUNNING' && strand.task === task)
        engine.guarded(execution, () => dispatch(engine, execution, strand));
    });
}

function takeUpMapRun(engine: Engine, execution: Execution, strand: Strand, arn: string): void {
  const row = engine.store.get('SELECT body FROM sfn_map_run WHERE arn = ?', arn);
  if (!row) return;
  const run: MapRun = {
    ...JSON.parse(row.body as string),
    writing: false,
    owner: execution,
    strand,
    inputs: strand.items ?? [],
    results: [],
  };
  engine.mapRuns.set(arn, run);
  const state = strand.state as MapState;
  if (!strand.items) {
    engine.fabric.turns.defer(() => {
      const scope = engine.scope(execution, strand);
      const input: Json = jsonOf(effective(strand, scope));
      read(engine, run, state, state.reader?.maxItems && integerOf(state.reader.maxItems, 'MaxItems', input, scope));
    });
    return;
  }
  for (const each of engine.store.all('SELECT map_index, output, status FROM sfn_execution WHERE map_run = ?', arn)) {
    if (each.status === 'SUCCEEDED')
      run.results[each.map_index as number] = { value: undefined, text: each.output as string };
    else if (each.status !== 'RUNNING') run.results[each.map_index as number] = undefined;
  }
  engine.fabric.turns.defer(() => {
    if (run.status === 'RUNNING') engine.guarded(execution, () => startChildren(engine, run, state));
  });
}
