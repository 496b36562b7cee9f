// Compiles a definition that was validated to its program: once for a text, then shared by all executions.

import { compileRule } from '../choice.ts';
import { runtime } from '../failure.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { compileExpression, compileJsonataTemplate, expressionText, typedExpression } from '../jsonata/evaluate.ts';
import { place } from '../path/reference.ts';
import { pathOf, requirePath } from '../path/select.ts';
import type { Evaluate } from '../scope.ts';
import { compileTemplate, expression } from '../template.ts';
import { compileMapFields } from './compile-map.ts';
import { jsonataNumber, numberField } from './fields.ts';
import type { Catcher, ChoiceState, Machine, Program, Retrier, State, StateBase, StateType } from './program.ts';
import { parseResource } from './resource.ts';

export interface MachineSink {
  add(definition: JsonObject, jsonata: boolean): Machine;
}

/** @throws StateFailure or JSONata's error when the definition does not hold what validation promised */
export function compile(definition: JsonObject): Program {
  const machines: Machine[] = [];
  const jsonata = definition.QueryLanguage === 'JSONata';
  const sink: MachineSink = {
    add(machine, language) {
      const states = new Map<string, State>();
      const made: Machine = { index: machines.length, start: machine.StartAt as string, states };
      machines.push(made);
      for (const [name, state] of Object.entries(machine.States as JsonObject)) {
        states.set(name, compileState(name, state as JsonObject, language, sink));
      }
      return made;
    },
  };
  const root = sink.add(definition, jsonata);
  return { machines, root, timeoutSeconds: definition.TimeoutSeconds as number | undefined };
}

function pathEvaluate(value: Json | undefined): Evaluate | undefined {
  if (value === undefined || value === '$') return undefined;
  if (value === null) return () => ({});
  return typeof value === 'string' && value.startsWith('States.')
    ? expression(value, 'InputPath')
    : requirePath(value as string);
}

function merge(value: Json | undefined): StateBase['merge'] {
  if (value === undefined || value === '$') return undefined;
  if (value === null) return (raw) => raw;
  const path = pathOf(value as string);
  return (raw, result) => place(path, raw, result);
}

const errorsOf = (rule: JsonObject) => rule.ErrorEquals as string[];

function retriers(state: JsonObject): Retrier[] {
  return ((state.Retry as JsonObject[] | undefined) ?? []).map((rule) => ({
    errors: errorsOf(rule),
    intervalSeconds: (rule.IntervalSeconds as number | undefined) ?? 1,
    maxAttempts: (rule.MaxAttempts as number | undefined) ?? 3,
    backoffRate: (rule.BackoffRate as number | undefined) ?? 2,
    maxDelaySeconds: (rule.MaxDelaySeconds as number | undefined) ?? Number.POSITIVE_INFINITY,
    fullJitter: rule.JitterStrategy === 'FULL',
  }));
}

function catchers(state: JsonObject, jsonata: boolean): Catcher[] {
  return ((state.Catch as JsonObject[] | undefined) ?? []).map((rule, i) => {
    const next = rule.Next as string;
    if (!jsonata) {
      const into = merge(rule.ResultPath);
      return {
        errors: errorsOf(rule),
        next,
        output: (raw, errorOutput) => (into ? into(raw, errorOutput) : errorOutput),
        assign: assignOf(rule, false, `Catch[${i}]/Assign`),
      };
    }
    const output = rule.Output === undefined ? undefined : compileJsonataTemplate(rule.Output, `Catch[${i}]/Output`);
    return {
      errors: errorsOf(rule),
      next,
      output: (raw, errorOutput, scope) => (output ? output(raw, scope) : errorOutput),
      assign: assignOf(rule, true, `Catch[${i}]/Assign`),
    };
  });
}

function assignOf(state: JsonObject, jsonata: boolean, location = 'Assign'): Evaluate | undefined {
  if (!isObject(state.Assign) || Object.keys(state.Assign).length === 0) return undefined;
  return jsonata ? compileJsonataTemplate(state.Assign, location) : compileTemplate(state.Assign);
}

function baseOf(name: string, state: JsonObject, jsonata: boolean): StateBase {
  const type = state.Type as StateType;
  const parameters = jsonata ? state.Arguments : state.Parameters;
  return {
    name,
    type,
    jsonata,
    next: state.Next as string | undefined,
    retry: retriers(state),
    catch: catchers(state, jsonata),
    input: jsonata ? undefined : pathEvaluate(state.InputPath),
    parameters:
      parameters === undefined
        ? undefined
        : jsonata
          ? compileJsonataTemplate(parameters, 'Arguments')
          : compileTemplate(parameters),
    selector: jsonata || state.ResultSelector === undefined ? undefined : compileTemplate(state.ResultSelector),
    merge: jsonata ? undefined : merge(state.ResultPath),
    output: jsonata
      ? state.Output === undefined
        ? undefined
        : compileJsonataTemplate(state.Output, 'Output')
      : pathEvaluate(state.OutputPath),
    assign: assignOf(state, jsonata),
  };
}

function textField(state: JsonObject, field: string, jsonata: boolean): Evaluate | undefined {
  const literal = state[field];
  if (literal !== undefined) {
    const text = jsonata ? expressionText(literal) : undefined;
    return text === undefined
      ? () => literal
      : typedExpression(text, field, 'string', (value) => typeof value === 'string');
  }
  const path = state[`${field}Path`];
  if (typeof path !== 'string') return undefined;
  const evaluate = expression(path, `${field}Path`);
  return (input, scope) => {
    const value = evaluate(input, scope);
    if (typeof value !== 'string')
      throw runtime(`The ${field}Path field refers to a value that is not a string: ${path}`);
    return value;
  };
}

function choiceState(base: StateBase, state: JsonObject, jsonata: boolean): ChoiceState {
  const choices = (state.Choices as JsonObject[]).map((rule, i) => {
    const condition = expressionText(rule.Condition);
    const location = `Choices[${i}]`;
    const evaluate =
      condition === undefined
        ? undefined
        : typedExpression(condition, `${location}/Condition`, 'boolean', (value) => typeof value === 'boolean');
    return {
      test: jsonata
        ? evaluate
          ? (input: Json, scope: Parameters<Evaluate>[1]) => evaluate(input, scope) === true
          : () => rule.Condition === true
        : compileRule(rule),
      next: rule.Next as string,
      assign: assignOf(rule, jsonata, `${location}/Assign`),
      output:
        jsonata && rule.Output !== undefined ? compileJsonataTemplate(rule.Output, `${location}/Output`) : undefined,
    };
  });
  return { ...base, type: 'Choice', choices, fallback: state.Default as string | undefined };
}

function timestampField(state: JsonObject, jsonata: boolean) {
  const literal = state.Timestamp;
  if (literal !== undefined) {
    const text = jsonata ? expressionText(literal) : undefined;
    const evaluate = text === undefined ? () => literal : compileExpression(text, 'Timestamp');
    return { evaluate, path: undefined };
  }
  const path = state.TimestampPath as string | undefined;
  return path === undefined ? undefined : { evaluate: requirePath(path), path };
}

function compileState(name: string, state: JsonObject, inherited: boolean, sink: MachineSink): State {
  const jsonata = state.QueryLanguage === undefined ? inherited : state.QueryLanguage === 'JSONata';
  const base = baseOf(name, state, jsonata);
  switch (base.type) {
    case 'Pass':
      return { ...base, type: 'Pass', result: jsonata ? undefined : state.Result };
    case 'Succeed':
      return { ...base, type: 'Succeed' };
    case 'Fail':
      return {
        ...base,
        type: 'Fail',
        error: textField(state, 'Error', jsonata),
        cause: textField(state, 'Cause', jsonata),
      };
    case 'Choice':
      return choiceState(base, state, jsonata);
    case 'Wait':
      return {
        ...base,
        type: 'Wait',
        seconds: jsonata ? jsonataNumber(state, 'Seconds') : numberField(state, 'Seconds'),
        timestamp: timestampField(state, jsonata),
      };
    case 'Task': {
      const resource = parseResource(state.Resource as string);
      if (!resource) throw runtime(`The resource provided ${String(state.Resource)} is not recognized.`);
      const field = jsonata ? jsonataNumber : numberField;
      return {
        ...base,
        type: 'Task',
        resource,
        timeout: field(state, 'TimeoutSeconds'),
        heartbeat: field(state, 'HeartbeatSeconds'),
        credentials: isObject(state.Credentials)
          ? jsonata
            ? compileJsonataTemplate(state.Credentials, 'Credentials')
            : compileTemplate(state.Credentials)
          : undefined,
      };
    }
    case 'Parallel':
      return {
        ...base,
        type: 'Parallel',
        branches: (state.Branches as JsonObject[]).map((branch) => sink.add(branch, inherited)),
      };
    case 'Map':
      return { ...base, type: 'Map', ...compileMapFields(state, jsonata, inherited, sink) };
    default:
      throw runtime(`The state type ${String(state.Type)} is not supported.`);
  }
}
