// Parallel states and inline Map states: children strands, their order in the history, and what one's failure does to the others.

import type { MapState, ParallelState } from '../definition/program.ts';
import type { Failure } from '../failure.ts';
import { type Doc, docOf, type Json, jsonOf } from '../json.ts';
import { effective } from './effective.ts';
import type { Engine } from './engine.ts';
import type { Execution, Fan, Strand } from './execution.ts';
import { itemsOf } from './items.ts';
import { startMapRun } from './map-run.ts';
import { integerOf } from './numbers.ts';
import { dropChildren, makeStrand } from './strand.ts';

/** AWS runs at most 40 iterations of an inline Map side by side. */
const INLINE_CONCURRENCY = 40;

function makeFan(length: number, maxConcurrency: number): Fan {
  return { length, started: 0, done: 0, running: 0, maxConcurrency, mapRun: undefined };
}

export function startParallel(engine: Engine, execution: Execution, strand: Strand, state: ParallelState): void {
  const scope = engine.scope(execution, strand);
  let input = effective(strand, scope);
  if (state.parameters) input = docOf(state.parameters(jsonOf(input), scope));
  strand.last = engine.emit(execution, strand.last, 'ParallelStateStarted');
  const fan = makeFan(state.branches.length, state.branches.length);
  strand.fan = fan;
  strand.phase = 'children';
  strand.children = [];
  for (const [index, branch] of state.branches.entries()) {
    const child = makeStrand(execution, branch, strand, index, input, strand.last);
    strand.children.push(child);
    engine.ready(execution, child);
  }
  fan.started = fan.length;
  fan.running = fan.length;
  engine.touch(execution, strand);
}

export function startMap(engine: Engine, execution: Execution, strand: Strand, state: MapState): void {
  if (state.distributed) {
    startMapRun(engine, execution, strand, state);
    return;
  }
  const scope = engine.scope(execution, strand);
  const { input, items } = itemsOf(state, strand, scope);
  const asked = state.maxConcurrency ? integerOf(state.maxConcurrency, 'MaxConcurrency', jsonOf(input), scope) : 0;
  strand.last = engine.emit(execution, strand.last, 'MapStateStarted', undefined, undefined, { length: items.length });
  const fan = makeFan(items.length, asked > 0 ? Math.min(asked, INLINE_CONCURRENCY) : INLINE_CONCURRENCY);
  strand.fan = fan;
  strand.phase = 'children';
  strand.items = items;
  strand.itemSource = undefined;
  strand.itemsStored = false;
  strand.children = [];
  engine.touch(execution, strand);
  const first: Strand[] = [];
  while (fan.started < fan.length && fan.running < fan.maxConcurrency) {
    first.push(startIteration(engine, execution, strand, state, strand.last));
  }
  for (const child of first) engine.ready(execution, child);
  if (fan.length === 0) mapDone(engine, execution, strand);
}

/** Records the start of the next iteration; the caller makes it ready. */
function startIteration(
  engine: Engine,
  execution: Execution,
  strand: Strand,
  state: MapState,
  previous: number,
): Strand {
  const fan = strand.fan as Fan;
  const index = fan.started++;
  fan.running++;
  const item = (strand.items as Json[])[index] as Json;
  let input = docOf(item);
  if (state.itemSelector) {
    const scope = engine.scope(execution, strand);
    scope.item = { index, value: item };
    input = docOf(state.itemSelector(jsonOf(effective(strand, scope)), scope));
  }
  const event = engine.emit(execution, previous, 'MapIterationStarted', state.name, undefined, { index });
  const child = makeStrand(execution, state.processor, strand, index, input, event);
  (strand.children as Strand[])[index] = child;
  engine.touch(execution, strand);
  return child;
}

/** A branch or an iteration has its output. */
export function childDone(engine: Engine, execution: Execution, child: Strand, output: Doc): void {
  const strand = execution.strands.get(child.parent as number) as Strand;
  const fan = strand.fan as Fan;
  const { state } = strand;
  child.phase = 'done';
  child.output = output;
  fan.done++;
  fan.running--;
  engine.touch(execution, child);
  engine.touch(execution, strand);
  const before = child.last;
  if (state.type === 'Map') {
    child.last = engine.emit(execution, before, 'MapIterationSucceeded', state.name, undefined, { index: child.index });
    if (fan.started < fan.length && fan.running < fan.maxConcurrency) {
      engine.moves.attempt(engine, execution, strand, () => {
        engine.ready(execution, startIteration(engine, execution, strand, state, before));
      });
      return;
    }
  }
  if (fan.done < fan.length) return;
  strand.last = child.last;
  if (state.type === 'Map') mapDone(engine, execution, strand);
  else gather(engine, execution, strand, 'ParallelStateSucceeded');
}

function mapDone(engine: Engine, execution: Execution, strand: Strand): void {
  gather(engine, execution, strand, 'MapStateSucceeded');
}

function gather(engine: Engine, execution: Execution, strand: Strand, event: string): void {
  const children = strand.children ?? [];
  const results = children.map((child) => jsonOf(child.output as Doc));
  engine.emit(execution, strand.last, event);
  dropChildren(engine, execution, strand);
  engine.moves.attempt(engine, execution, strand, () => {
    engine.moves.finish(engine, execution, strand, engine.scope(execution, strand), docOf(results));
  });
}

/**
 * A branch or an iteration failed for good: the others are aborted and the state fails. Its strands stay until the state is
 * retried or caught, or for a redrive of the execution.
 */
export function childFailed(engine: Engine, execution: Execution, child: Strand, failure: Failure): void {
  const strand = execution.strands.get(child.parent as number) as Strand;
  const { state } = strand;
  const at = child.last;
  const map = state.type === 'Map';
  if (map) engine.emit(execution, at, 'MapIterationFailed', state.name, undefined, { index: child.index });
  for (const each of strand.children ?? []) {
    if (each === child) {
      if (child.state.type === 'Task') engine.emit(execution, at, 'TaskStateAborted');
    } else if (each.phase !== 'done') {
      if (map) engine.emit(execution, at, 'MapIterationAborted', state.name, undefined, { index: each.index });
      abortStrand(engine, execution, each, at);
    }
  }
  strand.last = at;
  engine.touch(execution, strand);
  engine.moves.failed(engine, execution, strand, failure);
}

/** Records that a strand's state is given up, its children first, and lets go of its task. */
function abortStrand(engine: Engine, execution: Execution, strand: Strand, at: number): void {
  for (const child of strand.children ?? []) if (child.phase !== 'done') abortStrand(engine, execution, child, at);
  engine.abandon(strand);
  if (strand.phase !== 'enter' && ABORTED.has(strand.state.type)) {
    engine.emit(execution, at, `${strand.state.type}StateAborted`);
  }
}

const ABORTED = new Set(['Task', 'Wait', 'Map', 'Parallel']);
