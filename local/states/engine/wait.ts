// Wait states: the four forms, and what AWS says when the time cannot be read.

import type { WaitState } from '../definition/program.ts';
import { runtime, StateFailure } from '../failure.ts';
import { type Json, jsonOf } from '../json.ts';
import { parseTimestamp } from '../timestamp.ts';
import type { StrandScope } from './context.ts';
import { effective } from './effective.ts';
import type { Engine } from './engine.ts';
import type { Execution, Strand } from './execution.ts';

/** Longest delay: Integer.MAX_VALUE seconds. */
const MAX_DELAY_SECONDS = 2_147_483_647;

export function beginWait(engine: Engine, execution: Execution, strand: Strand, state: WaitState): void {
  const scope = engine.scope(execution, strand);
  const until = waitUntil(state, jsonOf(effective(strand, scope)), scope, engine.now());
  strand.phase = 'wait';
  strand.wakeAt = until;
  engine.touch(execution, strand);
  if (until <= engine.now()) wake(engine, execution, strand);
  else engine.at(execution, strand, until, () => wake(engine, execution, strand));
}

/** When the wait ends, epoch ms. @throws StateFailure when the time cannot be read or is too far away */
export function waitUntil(state: WaitState, input: Json, scope: StrandScope, now: number): number {
  const until = state.seconds ? now + secondsOf(state, input, scope) * 1000 : timestampOf(state, input, scope);
  if (until - now > MAX_DELAY_SECONDS * 1000) throw runtime('Wait state delay is too long.');
  return until;
}

/** The end of a wait. */
export function wake(engine: Engine, execution: Execution, strand: Strand): void {
  engine.moves.attempt(engine, execution, strand, () => {
    const scope = engine.scope(execution, strand);
    engine.moves.finish(engine, execution, strand, scope, effective(strand, scope));
  });
}

function secondsOf(state: WaitState, input: Json, scope: StrandScope): number {
  const field = state.seconds;
  if (field?.literal !== undefined) return field.literal;
  const value = field?.evaluate?.(input, scope);
  if (typeof value === 'number' && Number.isInteger(value)) {
    if (value >= 0) return value;
    const where = state.jsonata ? 'Seconds field' : 'SecondsPath parameter';
    const shown = state.jsonata ? String(value) : `${field?.path} == ${value}`;
    throw valueFailure(state, 'Seconds', `The ${where} references a negative value: ${shown}`);
  }
  if (state.jsonata) {
    throw valueFailure(
      state,
      'Seconds',
      `The Seconds field cannot be parsed as a long value: ${JSON.stringify(value)}`,
    );
  }
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  throw runtime(`The SecondsPath parameter cannot be parsed as a long value: ${field?.path} == ${shown}`);
}

function timestampOf(state: WaitState, input: Json, scope: StrandScope): number {
  const value = state.timestamp?.evaluate(input, scope);
  const at = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (at !== undefined) return at;
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  if (state.jsonata) {
    throw valueFailure(
      state,
      'Timestamp',
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${shown}`,
    );
  }
  throw runtime(
    `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${state.timestamp?.path} == ${shown}`,
  );
}

function valueFailure(state: WaitState, location: string, detail: string): StateFailure {
  if (!state.jsonata) return runtime(detail);
  return new StateFailure('States.QueryEvaluationError', detail, { evaluation: 'value', location });
}
