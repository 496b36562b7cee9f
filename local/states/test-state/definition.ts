// What TestState tests: a state on its own, or a named state of a machine, nested ones too.

import { AwsError } from '../../service.ts';
import { validation } from '../api/errors.ts';
import { compile } from '../definition/compile.ts';
import type { Program, State } from '../definition/program.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { validate } from '../validation/validate.ts';

/** The context object's State.Name. */
export const STATE_NAME = 'StateName';

export interface Tested {
  readonly state: State;
  readonly program: Program;
}

/** Diagnostics about what a lone state does not have: its neighbours. */
const NEIGHBOURS = new Set(['MISSING_TRANSITION_TARGET', 'NO_TERMINAL_STATE']);

/** @throws ValidationException, InvalidDefinition */
export function testedState(text: string, stateName: string | undefined): Tested {
  if (stateName === '') {
    throw validation('Invalid length for parameter stateName, value: 0, valid min length: 1');
  }
  const lone = stateName === undefined;
  const source = lone ? wrap(text) : text;
  const { diagnostics, definition } = validate(source, 'STANDARD');
  if (!lone && definition && find(definition, stateName) === undefined)
    throw validation('State not found in definition');
  const problems = diagnostics.filter(({ code }) => !(lone && NEIGHBOURS.has(code)));
  if (problems.length > 0 || !definition) {
    const all = problems.map(({ code, message, location }) => `${code}: ${message} at ${location}`).join(', ');
    throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${all}'`);
  }
  const program = compile(definition);
  const name = stateName ?? STATE_NAME;
  for (const machine of program.machines) {
    const state = machine.states.get(name);
    if (state) return { state, program };
  }
  throw validation('State not found in definition');
}

function wrap(text: string): string {
  let state: Json;
  try {
    state = JSON.parse(text) as Json;
  } catch {
    return text;
  }
  return JSON.stringify({ StartAt: STATE_NAME, States: { [STATE_NAME]: state } });
}

function find(machine: JsonObject, name: string): JsonObject | undefined {
  const { States } = machine;
  if (!isObject(States)) return undefined;
  if (Object.hasOwn(States, name) && isObject(States[name])) return States[name];
  for (const state of Object.values(States)) {
    if (!isObject(state)) continue;
    const nested = [state.ItemProcessor, state.Iterator, ...(Array.isArray(state.Branches) ? state.Branches : [])];
    for (const each of nested) {
      const found = isObject(each) ? find(each, name) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}
