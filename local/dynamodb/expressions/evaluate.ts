// Whether an item meets a bound condition.

import { type AttributeValue, equalValues, type Item, memberKey, setMembers, typeOf } from '../attribute-value.ts';
import { valueAt } from '../path.ts';
import type { Condition, Operand } from './bind.ts';
import { compareValues } from './compare.ts';
import type { Comparator } from './syntax.ts';

export function meets(item: Item, condition: Condition): boolean {
  switch (condition.kind) {
    case 'and':
      return meets(item, condition.left) && meets(item, condition.right);
    case 'or':
      return meets(item, condition.left) || meets(item, condition.right);
    case 'not':
      return !meets(item, condition.of);
    case 'compare':
      return compare(condition.operator, read(item, condition.left), read(item, condition.right));
    case 'between': {
      const value = read(item, condition.of);
      return compare('>=', value, read(item, condition.low)) && compare('<=', value, read(item, condition.high));
    }
    case 'in': {
      const value = read(item, condition.of);
      return condition.among.some((operand) => compare('=', value, read(item, operand)));
    }
    case 'test':
      return test(item, condition.name, condition.operands);
  }
}

function read(item: Item, operand: Operand): AttributeValue | undefined {
  if (operand.kind === 'value') return operand.value;
  if (operand.kind === 'path') return valueAt(item, operand.path);
  if (operand.kind === 'call') return undefined;
  const value = read(item, operand.of);
  const size = value === undefined ? undefined : sizeOf(value);
  return size === undefined ? undefined : { N: String(size) };
}

/** What size() gives: UTF-16 units of a text, bytes, or members. */
function sizeOf(value: AttributeValue): number | undefined {
  if (value.S !== undefined) return value.S.length;
  if (value.B !== undefined) return value.B.byteLength;
  if (value.M !== undefined) return Object.keys(value.M).length;
  return (value.L ?? setMembers(value))?.length;
}

function compare(operator: Comparator, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  if (left === undefined || right === undefined) return operator === '<>';
  if (operator === '=') return equalValues(left, right);
  if (operator === '<>') return !equalValues(left, right);
  const order = compareValues(left, right);
  if (order === undefined) return false;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

function test(item: Item, name: string, operands: readonly Operand[]): boolean {
  const [first, second] = operands.map((operand) => read(item, operand));
  switch (name) {
    case 'attribute_exists':
      return first !== undefined;
    case 'attribute_not_exists':
      return first === undefined;
    case 'attribute_type':
      return first !== undefined && typeOf(first) === second?.S;
    case 'begins_with':
      return first !== undefined && second !== undefined && beginsWith(first, second);
    default:
      return first !== undefined && second !== undefined && contains(first, second);
  }
}

function beginsWith(value: AttributeValue, prefix: AttributeValue): boolean {
  if (value.S !== undefined && prefix.S !== undefined) return value.S.startsWith(prefix.S);
  if (value.B === undefined || prefix.B === undefined) return false;
  return Buffer.compare(value.B.subarray(0, prefix.B.byteLength), prefix.B) === 0;
}

function contains(value: AttributeValue, part: AttributeValue): boolean {
  if (value.S !== undefined) return part.S !== undefined && value.S.includes(part.S);
  if (value.B !== undefined) return part.B !== undefined && Buffer.from(value.B).includes(Buffer.from(part.B));
  if (value.L !== undefined) return value.L.some((element) => equalValues(element, part));
  const member = value.SS !== undefined ? part.S : value.NS !== undefined ? part.N : part.B;
  if (member === undefined) return false;
  return (setMembers(value) ?? []).some((one) => memberKey(one) === memberKey(member));
}
