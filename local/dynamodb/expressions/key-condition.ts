// Reads a bound key condition expression as conditions on key attributes: at most one each, joined by AND.

import type { AttributeValue } from '../attribute-value.ts';
import { validationError } from '../errors.ts';
import type { Condition, Operand } from './bind.ts';
import type { Comparator } from './syntax.ts';

export interface KeyCondition {
  readonly attribute: string;
  readonly operator: Exclude<Comparator, '<>'> | 'between' | 'begins_with';
  /** One value, two for between. */
  readonly values: readonly AttributeValue[];
}

const MIRRORED = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

/** @throws AwsError ValidationException as AWS words it */
export function keyConditionOf(condition: Condition): KeyCondition[] {
  if (condition.kind === 'and') {
    const both = [...keyConditionOf(condition.left), ...keyConditionOf(condition.right)];
    if (new Set(both.map((one) => one.attribute)).size < both.length)
      throw validationError('KeyConditionExpressions must only contain one condition per key');
    if (both.length > 2) throw validationError('Conditions can be of length 1 or 2 only');
    return both;
  }
  if (condition.kind === 'compare' && condition.operator !== '<>') {
    const flipped = condition.left.kind !== 'path';
    const [key, value] = flipped ? [condition.right, condition.left] : [condition.left, condition.right];
    return [simple(flipped ? MIRRORED[condition.operator] : condition.operator, key, [value])];
  }
  if (condition.kind === 'between') {
    firstOperand('BETWEEN', condition.of);
    return [simple('between', condition.of, [condition.low, condition.high])];
  }
  if (condition.kind === 'test' && condition.name === 'begins_with') {
    firstOperand('begins_with', condition.operands[0] as Operand);
    return [simple('begins_with', condition.operands[0] as Operand, condition.operands.slice(1))];
  }
  throw validationError(`Invalid operator used in KeyConditionExpression: ${operatorOf(condition)}`);
}

function operatorOf(condition: Condition): string {
  if (condition.kind === 'test') return condition.name;
  return condition.kind === 'compare' ? condition.operator : condition.kind.toUpperCase();
}

function firstOperand(operator: string, operand: Operand): void {
  if (operand.kind === 'value')
    throw validationError(
      `Invalid condition in KeyConditionExpression: ${operator} operator must have the key attribute as its first operand`,
    );
}

function simple(operator: KeyCondition['operator'], key: Operand, operands: readonly Operand[]): KeyCondition {
  const all = [key, ...operands];
  if (all.some((operand) => operand.kind === 'size' || operand.kind === 'call'))
    throw validationError('KeyConditionExpressions cannot contain nested operations');
  if (all.filter((operand) => operand.kind === 'path').length > 1)
    throw validationError(
      'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition',
    );
  if (key.kind !== 'path')
    throw validationError('Invalid condition in KeyConditionExpression: No key attribute specified');
  if (key.path.length > 1) throw validationError('KeyConditionExpressions cannot have conditions on nested attributes');
  const values = operands.map((operand) => (operand as { value: AttributeValue }).value);
  return { attribute: String(key.path[0]), operator, values };
}
