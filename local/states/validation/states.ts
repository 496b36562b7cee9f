// The fields of one state.

import type { StateType } from '../definition/program.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { expressionText } from '../jsonata/evaluate.ts';
import { parseTimestamp } from '../timestamp.ts';
import { checkRule } from './choices.ts';
import type { Findings } from './diagnostics.ts';
import type { Expressions } from './expressions.ts';
import { allows, ENDS, isKnown, REQUIRED } from './fields.ts';
import { resourceProblem } from './resources.ts';

export interface StateContext {
  readonly findings: Findings;
  readonly expressions: Expressions;
  readonly express: boolean;
  readonly at: string;
  readonly jsonata: boolean;
}

export function checkState(state: JsonObject, context: StateContext): void {
  const { findings, at, jsonata } = context;
  const type = state.Type as StateType;
  for (const field of Object.keys(state)) {
    if (allows(type, jsonata, field)) continue;
    const language = jsonata ? 'JSONata' : 'JSONPath';
    const other = isKnown(field) && allows(type, !jsonata, field);
    findings.error(
      `${at}/${field}`,
      other ? `The field '${field}' is not supported by the ${language} query language` : 'Field is not supported',
    );
  }
  const missing = REQUIRED[type].filter((field) => state[field] === undefined);
  if (missing.length > 0) findings.error(at, `These fields are required: [${missing.join(', ')}]`);
  checkFlow(state, type, context);
  checkExpressions(state, type, context);
  checkErrors(state, context);
  if (type === 'Task') checkTask(state, context);
  if (type === 'Wait') checkWait(state, context);
  if (type === 'Choice') checkChoices(state, context);
}

function checkFlow(state: JsonObject, type: StateType, { findings, at }: StateContext): void {
  if (ENDS.has(type)) return;
  const end = state.End === true;
  const next = state.Next !== undefined;
  if (state.End !== undefined && typeof state.End !== 'boolean')
    findings.error(`${at}/End`, 'Expected value of type Boolean');
  else if (end && next) findings.error(at, 'Only one of these fields may be present: [Next, End]');
  else if (!end && !next) findings.error(at, 'One of these fields is required: [Next, End]');
}

function checkExpressions(state: JsonObject, type: StateType, { expressions, at, jsonata }: StateContext): void {
  if (jsonata) {
    for (const field of ['Arguments', 'Output', 'Assign', 'Items', 'ItemSelector', 'Error', 'Cause', 'Credentials']) {
      expressions.jsonata(state[field], `${at}/${field}`);
    }
    for (const field of ['ItemReader', 'ItemBatcher', 'ResultWriter'])
      expressions.jsonata(state[field], `${at}/${field}`);
    for (const field of NUMBERS) number(state[field], `${at}/${field}`, expressions);
    return;
  }
  expressions.path(state.InputPath, `${at}/InputPath`, true);
  expressions.path(state.OutputPath, `${at}/OutputPath`, true);
  expressions.path(state.ItemsPath, `${at}/ItemsPath`);
  if (type === 'Fail') {
    expressions.path(state.ErrorPath, `${at}/ErrorPath`);
    expressions.path(state.CausePath, `${at}/CausePath`);
  }
  expressions.reference(state.ResultPath, `${at}/ResultPath`, true);
  for (const field of ['Parameters', 'ResultSelector', 'Assign', 'ItemSelector', 'Credentials']) {
    expressions.template(state[field], `${at}/${field}`);
  }
  for (const field of NUMBERS) {
    expressions.path(state[`${field}Path`], `${at}/${field}Path`);
    if (state[field] !== undefined && state[`${field}Path`] !== undefined) {
      expressions.findings.error(at, `Only one of these fields may be present: [${field}, ${field}Path]`);
    }
    if (state[field] !== undefined && typeof state[field] !== 'number') {
      expressions.findings.error(`${at}/${field}`, 'Expected value of type Integer');
    }
  }
  for (const field of ['ItemReader', 'ItemBatcher', 'ResultWriter'])
    nested(state[field], `${at}/${field}`, expressions);
}

const NUMBERS = [
  'TimeoutSeconds',
  'HeartbeatSeconds',
  'MaxConcurrency',
  'ToleratedFailureCount',
  'ToleratedFailurePercentage',
];

function number(value: Json | undefined, at: string, expressions: Expressions): void {
  if (value === undefined || typeof value === 'number') return;
  if (expressionText(value) === undefined)
    expressions.findings.error(at, 'Expected value of type Integer or a JSONata expression');
  else expressions.jsonata(value, at);
}

/** Paths within ItemReader, ItemBatcher and ResultWriter. */
function nested(value: Json | undefined, at: string, expressions: Expressions): void {
  if (!isObject(value)) return;
  for (const [key, member] of Object.entries(value)) {
    if (key === 'Parameters' || key === 'BatchInput') expressions.template(member, `${at}/${key}`);
    else if (/^Max.*Path$/.test(key)) expressions.path(member, `${at}/${key}`);
    else if (key === 'ReaderConfig') nested(member, `${at}/${key}`, expressions);
  }
}

function checkErrors(state: JsonObject, { findings, expressions, at, jsonata }: StateContext): void {
  for (const field of ['Retry', 'Catch']) {
    const rules = state[field];
    if (rules === undefined) continue;
    if (!Array.isArray(rules)) {
      findings.error(`${at}/${field}`, 'Expected value of type Array');
      continue;
    }
    for (const [i, rule] of rules.entries()) {
      const here = `${at}/${field}[${i}]`;
      if (!isObject(rule)) {
        findings.error(here, 'Expected value of type Object');
        continue;
      }
      checkErrorNames(rule.ErrorEquals, here, i === rules.length - 1, findings);
      if (field === 'Retry') checkRetrier(rule, here, findings);
      else {
        if (typeof rule.Next !== 'string') findings.error(here, 'These fields are required: [Next]');
        if (jsonata) {
          expressions.jsonata(rule.Output, `${here}/Output`);
          expressions.jsonata(rule.Assign, `${here}/Assign`);
        } else {
          expressions.reference(rule.ResultPath, `${here}/ResultPath`, true);
          expressions.template(rule.Assign, `${here}/Assign`);
        }
      }
    }
  }
}

function checkErrorNames(names: Json | undefined, at: string, last: boolean, findings: Findings): void {
  if (!Array.isArray(names) || names.length === 0 || names.some((name) => typeof name !== 'string')) {
    findings.error(at, 'These fields are required: [ErrorEquals]');
    return;
  }
  if (names.includes('States.ALL') && (names.length > 1 || !last)) {
    findings.error(
      `${at}/ErrorEquals`,
      names.length > 1 ? 'States.ALL must appear alone' : 'States.ALL must be in the last element',
    );
  }
}

function checkRetrier(rule: JsonObject, at: string, findings: Findings): void {
  const ranges: [string, (value: number) => boolean, string][] = [
    ['IntervalSeconds', (value) => Number.isInteger(value) && value >= 1 && value <= 99_999_999, 'a positive integer'],
    ['MaxAttempts', (value) => Number.isInteger(value) && value >= 0 && value <= 99_999_999, 'a non-negative integer'],
    ['BackoffRate', (value) => value >= 1, 'at least 1.0'],
    [
      'MaxDelaySeconds',
      (value) => Number.isInteger(value) && value >= 1 && value < 31_622_400,
      'a positive integer under 31622400',
    ],
  ];
  for (const [field, accepts, what] of ranges) {
    const value = rule[field];
    if (value !== undefined && !(typeof value === 'number' && accepts(value))) {
      findings.error(`${at}/${field}`, `The value must be ${what}`);
    }
  }
  if (rule.JitterStrategy !== undefined && rule.JitterStrategy !== 'FULL' && rule.JitterStrategy !== 'NONE') {
    findings.error(`${at}/JitterStrategy`, 'The value must be one of: [FULL, NONE]');
  }
}

function checkTask(state: JsonObject, { findings, at, express }: StateContext): void {
  if (typeof state.Resource === 'string') {
    const problem = resourceProblem(state.Resource, express);
    if (problem) findings.error(`${at}/Resource`, problem);
  } else if (state.Resource !== undefined) findings.error(`${at}/Resource`, 'Expected value of type String');
  if (state.Credentials !== undefined) {
    const { Credentials } = state;
    if (!isObject(Credentials) || (Credentials.RoleArn === undefined && Credentials['RoleArn.$'] === undefined)) {
      findings.error(`${at}/Credentials`, "The field 'RoleArn' is required but was missing");
    }
  }
  const { HeartbeatSeconds, TimeoutSeconds } = state;
  if (
    typeof HeartbeatSeconds === 'number' &&
    typeof TimeoutSeconds === 'number' &&
    HeartbeatSeconds >= TimeoutSeconds
  ) {
    findings.error(at, 'HeartbeatSeconds must be less than TimeoutSeconds');
  }
  for (const field of ['TimeoutSeconds', 'HeartbeatSeconds']) {
    const value = state[field];
    if (typeof value === 'number' && !(Number.isInteger(value) && value > 0 && value <= 99_999_999)) {
      findings.error(`${at}/${field}`, 'The value must be a positive integer');
    }
  }
}

function checkWait(state: JsonObject, { findings, expressions, at, jsonata }: StateContext): void {
  const forms = ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'].filter((field) => state[field] !== undefined);
  if (forms.length !== 1) {
    findings.error(at, 'Exactly one of these fields is required: [Seconds, SecondsPath, Timestamp, TimestampPath]');
    return;
  }
  const { Seconds, Timestamp } = state;
  if (jsonata && expressionText(Seconds ?? Timestamp) !== undefined) {
    expressions.jsonata(Seconds ?? Timestamp, `${at}/${forms[0]}`);
    return;
  }
  if (
    Seconds !== undefined &&
    !(typeof Seconds === 'number' && Number.isInteger(Seconds) && Seconds >= 0 && Seconds <= 99_999_999)
  ) {
    findings.error(`${at}/Seconds`, 'Expected a non-negative Integer');
  }
  if (Timestamp !== undefined && (typeof Timestamp !== 'string' || parseTimestamp(Timestamp) === undefined)) {
    findings.error(`${at}/Timestamp`, 'String does not match RFC3339 timestamp');
  }
  expressions.path(state.SecondsPath, `${at}/SecondsPath`);
  expressions.path(state.TimestampPath, `${at}/TimestampPath`);
}

function checkChoices(state: JsonObject, { findings, expressions, at, jsonata }: StateContext): void {
  if (state.Choices === undefined) return;
  if (!Array.isArray(state.Choices) || state.Choices.length === 0) {
    findings.error(`${at}/Choices`, 'Expected a non-empty Array');
    return;
  }
  for (const [i, rule] of state.Choices.entries()) checkRule(rule, `${at}/Choices[${i}]`, jsonata, true, expressions);
}
