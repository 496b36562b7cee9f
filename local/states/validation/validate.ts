// What CreateStateMachine and ValidateStateMachineDefinition ask of a definition: its shape, its states, its transitions.

import { AwsError } from '../../service.ts';
import { compile } from '../definition/compile.ts';
import { isObject, type Json, type JsonObject, tooLarge } from '../json.ts';
import { type Diagnostic, Findings } from './diagnostics.ts';
import { Expressions } from './expressions.ts';
import { STATE_TYPES } from './fields.ts';
import { checkState } from './states.ts';

export interface Validated {
  readonly diagnostics: readonly Diagnostic[];
  readonly definition: JsonObject | undefined;
  /** Variables each state refers to, by the state's name. */
  readonly variableReferences: Record<string, string[]>;
}

/** Longest definition AWS takes, in bytes. */
const MAX_DEFINITION_BYTES = 1_048_576;
const MAX_DEPTH = 64;

interface Walk {
  readonly findings: Findings;
  readonly express: boolean;
  readonly names: Map<string, string>;
  readonly references: Record<string, string[]>;
}

export function validate(text: string, type: string): Validated {
  const findings = new Findings();
  const references: Record<string, string[]> = {};
  let definition: Json;
  try {
    definition = JSON.parse(text) as Json;
  } catch (cause) {
    findings.error('/', (cause as Error).message, 'INVALID_JSON_DESCRIPTION');
    return { diagnostics: findings.list, definition: undefined, variableReferences: references };
  }
  if (!isObject(definition)) {
    findings.error('/', 'Expected value of type Object');
    return { diagnostics: findings.list, definition: undefined, variableReferences: references };
  }
  const walk: Walk = { findings, express: type === 'EXPRESS', names: new Map(), references };
  for (const field of Object.keys(definition)) {
    if (!ROOT_FIELDS.has(field)) findings.error(`/${field}`, 'Field is not supported');
  }
  const timeout = definition.TimeoutSeconds;
  if (timeout !== undefined && !(typeof timeout === 'number' && Number.isInteger(timeout) && timeout > 0)) {
    findings.error('/TimeoutSeconds', 'The value must be a positive integer');
  }
  checkLanguage(definition.QueryLanguage, '', findings);
  try {
    checkMachine(definition, '', definition.QueryLanguage === 'JSONata', walk, 0);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    findings.error('/', 'The definition is nested too deep');
  }
  if (findings.list.length === 0) {
    try {
      compile(definition);
    } catch (cause) {
      findings.error('/', (cause as { message?: string }).message ?? 'The definition cannot be run');
    }
  }
  return { diagnostics: findings.list, definition, variableReferences: references };
}

const ROOT_FIELDS = new Set(['Comment', 'StartAt', 'States', 'TimeoutSeconds', 'Version', 'QueryLanguage']);

function checkLanguage(value: Json | undefined, at: string, findings: Findings): void {
  if (value !== undefined && value !== 'JSONPath' && value !== 'JSONata') {
    findings.error(`${at}/QueryLanguage`, 'The value must be one of: [JSONPath, JSONata]');
  }
}

function checkMachine(machine: JsonObject, at: string, jsonata: boolean, walk: Walk, depth: number): void {
  const { findings } = walk;
  if (depth > MAX_DEPTH) {
    findings.error(at, 'States are nested too deep');
    return;
  }
  const missing = ['StartAt', 'States'].filter((field) => machine[field] === undefined);
  if (missing.length > 0) findings.error(at || '/', `These fields are required: [${missing.join(', ')}]`);
  const { States } = machine;
  if (States === undefined) return;
  if (!isObject(States) || Object.keys(States).length === 0) {
    findings.error(`${at}/States`, 'Expected a non-empty Object');
    return;
  }
  for (const [name, state] of Object.entries(States))
    checkNamed(name, state, `${at}/States/${name}`, jsonata, walk, depth);
  if (machine.StartAt !== undefined) checkTransitions(machine, States, at, walk);
}

function checkNamed(name: string, state: Json, at: string, inherited: boolean, walk: Walk, depth: number): void {
  const { findings } = walk;
  if (name.length > 80) findings.error(at, 'The state name must have at most 80 characters');
  const before = walk.names.get(name);
  if (before !== undefined) findings.error(at, `The state name must be unique: ${name}`, 'DUPLICATE_STATE_NAME');
  walk.names.set(name, at);
  if (!isObject(state)) {
    findings.error(at, 'Expected value of type Object');
    return;
  }
  if (state.Type === undefined) {
    findings.error(at, 'These fields are required: [Type]');
    return;
  }
  if (typeof state.Type !== 'string' || !STATE_TYPES.includes(state.Type)) {
    findings.error(
      `${at}/Type`,
      `The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]`,
    );
    return;
  }
  checkLanguage(state.QueryLanguage, at, findings);
  const jsonata = state.QueryLanguage === undefined ? inherited : state.QueryLanguage === 'JSONata';
  if (inherited && state.QueryLanguage === 'JSONPath') {
    findings.error(
      `${at}/QueryLanguage`,
      "A state of a JSONata state machine cannot have the QueryLanguage 'JSONPath'",
    );
  }
  const expressions = new Expressions(findings);
  checkState(state, { findings, expressions, express: walk.express, at, jsonata });
  if (expressions.variables.size > 0) walk.references[name] = [...expressions.variables].sort();
  checkNested(state, at, inherited, walk, depth);
}

function checkNested(state: JsonObject, at: string, inherited: boolean, walk: Walk, depth: number): void {
  const { findings } = walk;
  if (state.Type === 'Parallel' && state.Branches !== undefined) {
    if (!Array.isArray(state.Branches) || state.Branches.length === 0) {
      findings.error(`${at}/Branches`, 'Expected a non-empty Array');
      return;
    }
    for (const [i, branch] of state.Branches.entries()) {
      if (isObject(branch)) checkMachine(branch, `${at}/Branches[${i}]`, inherited, walk, depth + 1);
      else findings.error(`${at}/Branches[${i}]`, 'Expected value of type Object');
    }
  }
  if (state.Type !== 'Map') return;
  const field = state.ItemProcessor === undefined ? 'Iterator' : 'ItemProcessor';
  const processor = state[field];
  if (processor === undefined) findings.error(at, 'These fields are required: [ItemProcessor]');
  else if (!isObject(processor)) findings.error(`${at}/${field}`, 'Expected value of type Object');
  else checkMachine(processor, `${at}/${field}`, inherited, walk, depth + 1);
}

function checkTransitions(machine: JsonObject, states: JsonObject, at: string, { findings }: Walk): void {
  const { StartAt } = machine;
  const reached = new Set<string>();
  const missing = (location: string, field: string, target: Json | undefined) =>
    findings.error(location, `Missing '${field}' target: ${String(target)}`, 'MISSING_TRANSITION_TARGET');
  if (typeof StartAt !== 'string' || !Object.hasOwn(states, StartAt)) {
    missing(`${at}/StartAt`, 'StartAt', StartAt);
    return;
  }
  let open = false;
  const queue = [StartAt];
  const follow = (target: Json | undefined, location: string, field: string) => {
    if (target === undefined) return;
    if (typeof target !== 'string' || !Object.hasOwn(states, target)) missing(location, field, target);
    else if (!reached.has(target)) queue.push(target);
  };
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    const state = states[name];
    if (!isObject(state)) continue;
    const here = `${at}/States/${name}`;
    if (state.End === true || state.Type === 'Succeed' || state.Type === 'Fail') open = true;
    follow(state.Next, `${here}/Next`, 'Next');
    follow(state.Default, `${here}/Default`, 'Default');
    for (const field of ['Choices', 'Catch']) {
      const rules = state[field];
      if (!Array.isArray(rules)) continue;
      for (const [i, rule] of rules.entries())
        if (isObject(rule)) follow(rule.Next, `${here}/${field}[${i}]/Next`, 'Next');
    }
  }
  for (const name of Object.keys(states)) {
    if (!reached.has(name)) {
      findings.error(`${at}/States/${name}`, `State "${name}" is not reachable.`, 'MISSING_TRANSITION_TARGET');
    }
  }
  if (!open && findings.list.length === 0) {
    findings.error(at || '/', 'No terminal state found in machine', 'NO_TERMINAL_STATE');
  }
}

/** @throws InvalidDefinition with every diagnostic that is an error */
export function checkDefinition(text: unknown, type: string): { variableReferences: Record<string, string[]> } {
  if (typeof text !== 'string') {
    throw new AwsError(
      'ValidationException',
      "1 validation error detected: Value null at 'definition' failed to satisfy constraint: Member must not be null",
    );
  }
  if (tooLarge(text, MAX_DEFINITION_BYTES)) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'definition' failed to satisfy constraint: Member must have length less than or equal to ${MAX_DEFINITION_BYTES}`,
    );
  }
  const { diagnostics, variableReferences } = validate(text, type);
  if (diagnostics.length > 0) {
    const all = diagnostics.map(({ code, message, location }) => `${code}: ${message} at ${location}`).join(', ');
    throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${all}'`);
  }
  return { variableReferences };
}
