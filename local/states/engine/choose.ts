// Choice states.

import type { ChoiceState } from '../definition/program.ts';
import { StateFailure } from '../failure.ts';
import { docOf, jsonOf } from '../json.ts';
import { effective } from './effective.ts';
import type { Engine } from './engine.ts';
import type { Execution, Strand } from './execution.ts';

/** @throws StateFailure States.NoChoiceMatched when nothing matches and there is no Default */
export function decide(engine: Engine, execution: Execution, strand: Strand, state: ChoiceState): void {
  const scope = engine.scope(execution, strand);
  const input = effective(strand, scope);
  const value = jsonOf(input);
  const chosen = state.choices.find((choice) => choice.test(value, scope));
  if (!chosen && state.fallback === undefined) {
    throw new StateFailure('States.NoChoiceMatched', NO_CHOICE);
  }
  let output = input;
  const template = chosen ? chosen.output : state.output;
  if (state.jsonata) {
    if (template) output = docOf(template(value, scope));
  } else if (state.output) output = docOf(state.output(value, scope));
  const assign = chosen ? chosen.assign : state.assign;
  engine.moves.leave(engine, execution, strand, scope, output, input, assign, chosen ? chosen.next : state.fallback);
}

const NO_CHOICE = 'No choice rule matched and no Default was given';
