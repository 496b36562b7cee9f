// Choice rules.

import { COMPARISONS, TYPE_TESTS } from '../choice.ts';
import { has, isObject, type Json, type JsonObject } from '../json.ts';
import { expressionText } from '../jsonata/evaluate.ts';
import { parseTimestamp } from '../timestamp.ts';
import type { Findings } from './diagnostics.ts';
import type { Expressions } from './expressions.ts';

const RULE_FIELDS = new Set([
  'Next',
  'Comment',
  'Assign',
  'Output',
  'Condition',
  'Variable',
  'And',
  'Or',
  'Not',
  'IsPresent',
  'StringMatches',
]);

function known(key: string): boolean {
  if (RULE_FIELDS.has(key) || has(COMPARISONS, key) || has(TYPE_TESTS, key)) return true;
  return key.endsWith('Path') && has(COMPARISONS, key.slice(0, -4));
}

export function checkRule(
  rule: Json,
  location: string,
  jsonata: boolean,
  top: boolean,
  expressions: Expressions,
): void {
  const { findings } = expressions;
  if (!isObject(rule)) {
    findings.error(location, 'Expected value of type Object');
    return;
  }
  if (top && typeof rule.Next !== 'string') findings.error(location, 'These fields are required: [Next]');
  if (!top && rule.Next !== undefined) findings.error(`${location}/Next`, 'Field is not supported');
  for (const key of Object.keys(rule)) if (!known(key)) findings.error(`${location}/${key}`, 'Field is not supported');
  if (jsonata) condition(rule, location, findings, expressions);
  else comparison(rule, location, expressions);
}

function condition(rule: JsonObject, location: string, findings: Findings, expressions: Expressions): void {
  if (rule.Condition === undefined) findings.error(location, 'These fields are required: [Condition]');
  else if (typeof rule.Condition !== 'boolean' && expressionText(rule.Condition) === undefined) {
    findings.error(`${location}/Condition`, 'Expected value of type Boolean or a JSONata expression');
  } else expressions.jsonata(rule.Condition, `${location}/Condition`);
  expressions.jsonata(rule.Assign, `${location}/Assign`);
  expressions.jsonata(rule.Output, `${location}/Output`);
}

function comparison(rule: JsonObject, location: string, expressions: Expressions): void {
  const { findings } = expressions;
  expressions.template(rule.Assign, `${location}/Assign`);
  for (const key of ['And', 'Or']) {
    const rules = rule[key];
    if (rules === undefined) continue;
    if (!Array.isArray(rules) || rules.length === 0) findings.error(`${location}/${key}`, 'Expected a non-empty Array');
    else
      for (const [i, each] of rules.entries()) checkRule(each, `${location}/${key}[${i}]`, false, false, expressions);
    return;
  }
  if (rule.Not !== undefined) {
    checkRule(rule.Not, `${location}/Not`, false, false, expressions);
    return;
  }
  if (rule.Variable === undefined) findings.error(location, 'These fields are required: [Variable]');
  else expressions.path(rule.Variable, `${location}/Variable`);
  const operators = Object.keys(rule).filter(
    (key) => known(key) && !['Next', 'Comment', 'Assign', 'Variable', 'Output', 'Condition'].includes(key),
  );
  if (operators.length !== 1) {
    findings.error(location, 'Exactly one comparison operator is required');
    return;
  }
  operand(operators[0] as string, rule[operators[0] as string] as Json, location, expressions);
}

function operand(key: string, value: Json, location: string, expressions: Expressions): void {
  const at = `${location}/${key}`;
  const expect = (type: string, ok: boolean) => {
    if (!ok) expressions.findings.error(at, `Expected value of type ${type}`);
  };
  if (key.endsWith('Path')) expressions.path(value, at);
  else if (key.startsWith('Is') || key === 'BooleanEquals') expect('Boolean', typeof value === 'boolean');
  else if (key.startsWith('Numeric')) expect('Number', typeof value === 'number');
  else if (key.startsWith('Timestamp')) {
    if (typeof value !== 'string' || parseTimestamp(value) === undefined) {
      expressions.findings.error(at, 'String does not match RFC3339 timestamp');
    }
  } else expect('String', typeof value === 'string');
}
