// The items of a Map state that come from its input.

import type { MapState } from '../definition/program.ts';
import { evaluationError, runtime, StateFailure } from '../failure.ts';
import { type Doc, type Json, jsonOf } from '../json.ts';
import { typeName } from '../jsonata/evaluate.ts';
import type { StrandScope } from './context.ts';
import { effective } from './effective.ts';
import type { Strand } from './execution.ts';

/** @throws StateFailure when they are no array */
export function itemsOf(state: MapState, strand: Strand, scope: StrandScope): { input: Doc; items: Json[] } {
  const input = effective(strand, scope);
  const value = state.items ? state.items.evaluate(jsonOf(input), scope) : jsonOf(input);
  if (Array.isArray(value)) return { input, items: value };
  const shown = JSON.stringify(value);
  if (state.jsonata && state.items?.path !== undefined) {
    throw evaluationError(
      `The JSONata expression '${state.items.path}' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was '${typeName(value)}' for value: ${shown}`,
      'Items',
    );
  }
  if (state.jsonata) {
    throw new StateFailure('States.QueryEvaluationError', `Map state input must be an array but was: ${shown}`, {
      evaluation: 'expression',
    });
  }
  throw runtime(`Reference path "${(state.items?.path ?? '$').replace(/^\$\$/, '$')}" must point to array.`);
}
