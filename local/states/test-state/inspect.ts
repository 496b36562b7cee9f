// Runs one state by itself, step by step, keeping what each step gave.

import type { MapState, State } from '../definition/program.ts';
import type { StrandScope } from '../engine/context.ts';
import type { Execution, Strand } from '../engine/execution.ts';
import { itemsOf } from '../engine/items.ts';
import { floatOf, integerOf } from '../engine/numbers.ts';
import { covers } from '../engine/step.ts';
import { waitUntil } from '../engine/wait.ts';
import { dataLimit, type Failure, StateFailure } from '../failure.ts';
import { type Json, type JsonObject, tooLarge } from '../json.ts';

export interface Setting {
  readonly scope: StrandScope;
  readonly execution: Execution;
  readonly strand: Strand;
  readonly input: Json;
  /** Retries spent on each retrier. */
  readonly retryCount: number;
  readonly failureCount: number | undefined;
}

export interface Outcome {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  readonly output?: Json | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  readonly nextState?: string | undefined;
  readonly data: JsonObject;
}

const text = (value: Json) => JSON.stringify(value);

/** Steps before the state's own work. @throws StateFailure */
export function prepare(state: State, setting: Setting, data: JsonObject): { input: Json; parameters: Json } {
  const { scope, input: raw } = setting;
  const input = state.input ? state.input(raw, scope) : raw;
  const constant = state.type === 'Pass' && state.result !== undefined;
  if (!state.jsonata && state.type !== 'Parallel' && !constant) data.afterInputPath = text(input);
  if (state.type === 'Map') {
    prepareMap(state, setting, input, data);
    return { input, parameters: input };
  }
  const parameters = state.parameters ? state.parameters(input, scope) : input;
  if (state.type === 'Task' && state.jsonata) {
    if (state.parameters) data.afterArguments = text(parameters);
  } else if (!state.jsonata && !constant && (state.type === 'Task' || state.type === 'Pass'))
    data.afterParameters = text(parameters);
  return { input, parameters };
}

function prepareMap(state: MapState, setting: Setting, input: Json, data: JsonObject): void {
  const { scope, strand } = setting;
  if (!state.reader) {
    const { items } = itemsOf(state, strand, scope);
    if (!state.jsonata && state.items) data.afterItemsPath = text(items);
    if (state.itemSelector) {
      const selected = items.map((value, index) => {
        scope.item = { index, value };
        return state.itemSelector?.(input, scope) as Json;
      });
      scope.item = undefined;
      data.afterItemSelector = text(selected);
    }
  }
  data.maxConcurrency = state.maxConcurrency ? integerOf(state.maxConcurrency, 'MaxConcurrency', input, scope) : 0;
  if (state.toleratedCount) {
    data.toleratedFailureCount = integerOf(state.toleratedCount, 'ToleratedFailureCount', input, scope);
  }
  if (state.toleratedPercentage) {
    data.toleratedFailurePercentage = floatOf(state.toleratedPercentage, 'ToleratedFailurePercentage', input, scope);
  }
}

/** Steps after the state's own work. */
export function complete(state: State, setting: Setting, result: Json, data: JsonObject): Outcome {
  const { scope, input: raw } = setting;
  if (state.type === 'Task' || (state.type === 'Pass' && state.result !== undefined)) data.result = text(result);
  const has = state.type === 'Task' || state.type === 'Map' || state.type === 'Parallel';
  if (state.jsonata && has) scope.result = result;
  let output = result;
  let chosen: string | undefined = state.next;
  if (state.type === 'Choice') {
    const choice = state.choices.find((each) => each.test(result, scope));
    if (!choice && state.fallback === undefined)
      throw new StateFailure('States.NoChoiceMatched', 'No choice rule matched and no Default was given');
    chosen = choice ? choice.next : state.fallback;
    const template = choice ? choice.output : state.output;
    output =
      state.jsonata && template
        ? template(raw, scope)
        : state.jsonata
          ? raw
          : state.output
            ? state.output(result, scope)
            : result;
  } else if (state.jsonata) output = state.output ? state.output(raw, scope) : has ? result : raw;
  else {
    const selected = state.selector ? state.selector(result, scope) : result;
    if (has || state.type === 'Pass') data.afterResultSelector = text(selected);
    output = state.merge ? state.merge(raw, selected) : selected;
    if (has || state.type === 'Pass') data.afterResultPath = text(output);
    if (state.output) output = state.output(output, scope);
  }
  if (tooLarge(text(output))) throw dataLimit(state.name);
  const assign = state.assign?.(state.jsonata ? raw : result, scope) as JsonObject | undefined;
  if (assign) data.variables = text({ ...setting.strand.variables, ...assign });
  return { status: 'SUCCEEDED', output, nextState: chosen, data };
}

export function startWait(state: State, setting: Setting, input: Json): void {
  if (state.type === 'Wait') waitUntil(state, input, setting.scope, setting.scope.now());
}

/** Retry and Catch for a failure, given how often a retrier was used. */
export function fail(state: State, setting: Setting, failure: Failure, data: JsonObject): Outcome {
  const told = { error: failure.error ?? undefined, cause: failure.cause ?? undefined };
  const retryIndex = state.retry.findIndex((rule) => rule.errors.some((name) => covers(name, failure)));
  const retrier = state.retry[retryIndex];
  if (retrier && setting.retryCount < retrier.maxAttempts) {
    const seconds = Math.min(
      retrier.intervalSeconds * retrier.backoffRate ** setting.retryCount,
      retrier.maxDelaySeconds,
    );
    data.errorDetails = { retryBackoffIntervalSeconds: Math.trunc(seconds), retryIndex };
    return { status: 'RETRIABLE', ...told, data };
  }
  const catchIndex = state.catch.findIndex((rule) => rule.errors.some((name) => covers(name, failure)));
  const catcher = state.catch[catchIndex];
  if (!catcher) {
    if (retrier) data.errorDetails = { retryIndex };
    return { status: 'FAILED', ...told, data };
  }
  const errorOutput: JsonObject = { Error: failure.error, Cause: failure.cause };
  setting.scope.errorOutput = errorOutput;
  data.errorDetails = { catchIndex };
  const output = catcher.output(setting.input, errorOutput, setting.scope);
  return { status: 'CAUGHT_ERROR', ...told, output, nextState: catcher.next, data };
}
