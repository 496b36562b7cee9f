// One step of a strand: entering a state, and leaving it with a result or a failure.

import type { PassState, State } from '../definition/program.ts';
import { dataLimit, type Failure, runtime, StateFailure } from '../failure.ts';
import { type Doc, docOf, type JsonObject, jsonOf, put, textOf, tooLarge } from '../json.ts';
import { decide } from './choose.ts';
import type { StrandScope } from './context.ts';
import { effective } from './effective.ts';
import { endExecution } from './end.ts';
import type { Engine, Moves } from './engine.ts';
import type { Execution, Strand } from './execution.ts';
import { childDone, childFailed, startMap, startParallel } from './fan.ts';
import { abortMapRun, mapChildEnded } from './map-run-children.ts';
import { redriveChild } from './redrive.ts';
import { dropChildren } from './strand.ts';
import { beginTask, childEnded, startTask } from './task.ts';
import { beginWait } from './wait.ts';

function step(engine: Engine, execution: Execution, strand: Strand): void {
  if (strand.phase === 'enter') enter(engine, execution, strand);
  else if (strand.phase === 'again') begin(engine, execution, strand);
  else if (strand.phase === 'start') attempt(engine, execution, strand, () => startTask(engine, execution, strand));
}

function enter(engine: Engine, execution: Execution, strand: Strand): void {
  const { state } = strand;
  engine.transitions++;
  strand.enteredAt = engine.now();
  strand.before = strand.last;
  strand.attempts = [];
  strand.retryCount = 0;
  strand.enteredEvent = engine.emit(execution, strand.last, `${state.type}StateEntered`, state.name, strand.input);
  strand.last = strand.enteredEvent;
  begin(engine, execution, strand);
}

/** Begins the current state, for the first time or again after a retry's delay. */
function begin(engine: Engine, execution: Execution, strand: Strand): void {
  attempt(engine, execution, strand, () => run(engine, execution, strand));
}

/** Runs work of the state; a failure of it goes to Retry and Catch. */
function attempt(engine: Engine, execution: Execution, strand: Strand, work: () => void): void {
  try {
    work();
  } catch (cause) {
    stateFailed(engine, execution, strand, asFailure(cause));
  }
}

/** A value nested too deep for the stack is a failure of the state, not of the engine. */
function asFailure(cause: unknown): StateFailure {
  if (cause instanceof StateFailure) return cause;
  if (cause instanceof RangeError) return runtime('The data is nested too deep or too large to be processed.');
  throw cause;
}

function run(engine: Engine, execution: Execution, strand: Strand): void {
  const { state } = strand;
  switch (state.type) {
    case 'Pass':
      pass(engine, execution, strand, state);
      return;
    case 'Succeed': {
      const scope = engine.scope(execution, strand);
      const input = effective(strand, scope);
      leave(engine, execution, strand, scope, outputOf(state, strand, input, scope), input, undefined, undefined);
      return;
    }
    case 'Fail': {
      const scope = engine.scope(execution, strand);
      const raw = jsonOf(strand.input);
      const error = state.error ? (state.error(raw, scope) as string) : null;
      const cause = state.cause ? (state.cause(raw, scope) as string) : null;
      failed(engine, execution, strand, { error, cause });
      return;
    }
    case 'Choice':
      decide(engine, execution, strand, state);
      return;
    case 'Wait':
      beginWait(engine, execution, strand, state);
      return;
    case 'Task':
      beginTask(engine, execution, strand, state);
      return;
    case 'Parallel':
      startParallel(engine, execution, strand, state);
      return;
    case 'Map':
      startMap(engine, execution, strand, state);
      return;
  }
}

function pass(engine: Engine, execution: Execution, strand: Strand, state: PassState): void {
  const scope = engine.scope(execution, strand);
  let result = effective(strand, scope);
  if (state.result !== undefined) result = docOf(state.result);
  else if (state.parameters && !state.jsonata) result = docOf(state.parameters(jsonOf(result), scope));
  finish(engine, execution, strand, scope, result);
}

/** Output of a state that has a result: ResultPath and OutputPath, or JSONata's Output. */
function outputOf(state: State, strand: Strand, result: Doc, scope: StrandScope): Doc {
  if (state.jsonata) return state.output ? docOf(state.output(jsonOf(strand.input), scope)) : result;
  const merged = state.merge ? docOf(state.merge(jsonOf(strand.input), jsonOf(result))) : result;
  return state.output ? docOf(state.output(jsonOf(merged), scope)) : merged;
}

/** Ends the current state with its result. */
function finish(engine: Engine, execution: Execution, strand: Strand, scope: StrandScope, raw: Doc): void {
  const { state } = strand;
  if (state.jsonata && (state.output || state.assign) && HAS_RESULT.has(state.type)) scope.result = jsonOf(raw);
  const result = state.selector ? docOf(state.selector(jsonOf(raw), scope)) : raw;
  const output = outputOf(state, strand, result, scope);
  leave(engine, execution, strand, scope, output, state.jsonata ? strand.input : result, state.assign, state.next);
}

const HAS_RESULT = new Set(['Task', 'Parallel', 'Map']);

/** Assigns, records the exit and moves on to `next`, or ends the strand. */
function leave(
  engine: Engine,
  execution: Execution,
  strand: Strand,
  scope: StrandScope,
  output: Doc,
  assignFrom: Doc,
  assign: State['assign'],
  next: string | undefined,
): void {
  const { state } = strand;
  if (output !== strand.input && tooLarge(textOf(output))) throw dataLimit(state.name);
  const assigned = assign ? (assign(jsonOf(assignFrom), scope) as JsonObject) : undefined;
  engine.cancelTimers(strand);
  const extra = assigned
    ? { assignedVariables: texts(assigned), assignedVariablesDetails: { truncated: false } }
    : undefined;
  strand.last = engine.emit(execution, strand.last, `${state.type}StateExited`, state.name, output, extra);
  if (assigned) strand.variables = { ...strand.variables, ...assigned };
  strand.task = undefined;
  strand.fan = undefined;
  strand.items = undefined;
  strand.wakeAt = undefined;
  if (next === undefined) {
    end(engine, execution, strand, output);
    return;
  }
  strand.state = strand.machine.states.get(next) as State;
  strand.input = output;
  strand.phase = 'enter';
  engine.ready(execution, strand);
}

/** Assigned variables as the history shows them: JSON texts. */
function texts(assigned: JsonObject): Record<string, string> {
  const out: JsonObject = {};
  for (const [name, value] of Object.entries(assigned)) put(out, name, JSON.stringify(value));
  return out as Record<string, string>;
}

function end(engine: Engine, execution: Execution, strand: Strand, output: Doc): void {
  if (strand.parent === undefined) endExecution(engine, execution, 'SUCCEEDED', strand.last, output);
  else childDone(engine, execution, strand, output);
}

/** A failure thrown while the state was evaluated: completes its cause and records failed evaluations. */
function stateFailed(engine: Engine, execution: Execution, strand: Strand, failure: StateFailure): void {
  const { error, detail, options } = failure;
  const cause =
    options.plain || detail === null
      ? detail
      : `An error occurred while executing the state '${strand.state.name}' (entered at the event id #${strand.enteredEvent}). ${detail}`;
  if (options.evaluation) {
    strand.last = engine.emit(
      execution,
      options.evaluation === 'expression' ? strand.before : strand.last,
      'EvaluationFailed',
      undefined,
      undefined,
      {
        error,
        cause,
        ...(options.location === undefined ? {} : { location: options.location }),
        state: strand.state.name,
      },
    );
  }
  failed(engine, execution, strand, { error, cause }, error === 'States.Runtime');
}

/** Hands a failure to the state's Retry and Catch; with neither the strand fails. `own`: the state could not be run at all. */
function failed(engine: Engine, execution: Execution, strand: Strand, failure: Failure, own = false): void {
  const { state } = strand;
  engine.cancelTimers(strand);
  if (!own && retry(engine, execution, strand, failure)) return;
  if (!own && (state.type === 'Map' || state.type === 'Parallel')) {
    strand.last = engine.emit(execution, strand.last, `${state.type}StateFailed`);
  }
  const caught = state.catch.find((rule) => rule.errors.some((name) => covers(name, failure)));
  if (!caught) {
    strandFailed(engine, execution, strand, failure);
    return;
  }
  dropChildren(engine, execution, strand);
  strand.fan = undefined;
  const scope = engine.scope(execution, strand);
  const errorOutput: JsonObject = {
    Error: failure.error,
    Cause: failure.cause ?? (failure.error === 'States.Timeout' ? '' : null),
  };
  if (state.jsonata) scope.errorOutput = errorOutput;
  try {
    const raw = jsonOf(strand.input);
    const output = docOf(caught.output(raw, errorOutput, scope));
    const from = state.jsonata ? strand.input : docOf(errorOutput);
    leave(engine, execution, strand, scope, output, from, caught.assign, caught.next);
  } catch (cause) {
    if (!(cause instanceof StateFailure)) throw cause;
    const text = `An error occurred while executing the state '${state.name}' (entered at the event id #${strand.enteredEvent}). ${cause.detail}`;
    strandFailed(engine, execution, strand, { error: cause.error, cause: text });
  }
}

function retry(engine: Engine, execution: Execution, strand: Strand, failure: Failure): boolean {
  const rules = strand.state.retry;
  const index = rules.findIndex((rule) => rule.errors.some((name) => covers(name, failure)));
  const rule = rules[index];
  if (!rule) return false;
  const spent = strand.attempts[index] ?? 0;
  if (spent >= rule.maxAttempts) return false;
  for (let i = 0; i <= index; i++) strand.attempts[i] ??= 0;
  strand.attempts[index] = spent + 1;
  strand.retryCount++;
  const full = Math.min(rule.intervalSeconds * rule.backoffRate ** spent, rule.maxDelaySeconds);
  const seconds = rule.fullJitter ? full * engine.fabric.random.next() : full;
  strand.wakeAt = engine.now() + Math.round(seconds * 1000);
  strand.phase = 'retry';
  dropChildren(engine, execution, strand);
  strand.task = undefined;
  strand.fan = undefined;
  engine.touch(execution, strand);
  engine.at(execution, strand, strand.wakeAt, () => resume(engine, execution, strand));
  return true;
}

/** The end of a retry's delay. */
export function resume(engine: Engine, execution: Execution, strand: Strand): void {
  engine.cancelTimers(strand);
  strand.wakeAt = undefined;
  engine.touch(execution, strand);
  begin(engine, execution, strand);
}

/** Errors States.ALL does not stand for. */
const TERMINAL = new Set(['States.Runtime']);

export function covers(name: string, failure: Failure): boolean {
  const error = failure.error ?? '';
  if (name === error || failure.also?.includes(name)) return true;
  if (name === 'States.ALL') return !TERMINAL.has(error);
  return (
    name === 'States.TaskFailed' && error !== 'States.Timeout' && !TERMINAL.has(error) && !error.startsWith('States.')
  );
}

function strandFailed(engine: Engine, execution: Execution, strand: Strand, failure: Failure): void {
  if (!strand.children) {
    strand.phase = 'failed';
    strand.fan = undefined;
  }
  strand.task = undefined;
  engine.touch(execution, strand);
  if (strand.parent === undefined) endExecution(engine, execution, 'FAILED', strand.last, undefined, failure);
  else childFailed(engine, execution, strand, failure);
}

/** What the other parts of the engine call back. */
export const MOVES: Moves = {
  step,
  begin,
  attempt,
  finish,
  leave,
  failed,
  childEnded,
  endExecution,
  mapChildEnded,
  abortMapRun,
  redriveChild,
};
