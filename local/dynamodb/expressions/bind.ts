// Puts a request's names and values into parsed expressions and checks what AWS checks before it looks at any item.
// Keeps account of the names and values used: one left over is an error.

import { type AttributeType, type AttributeValue, type Item, typeOf } from '../attribute-value.ts';
import { validationError } from '../errors.ts';
import type { Path } from '../path.ts';
import { compareValues } from './compare.ts';
import { showPath } from './parse-path.ts';
import type { Comparator, ConditionNode, OperandNode, PathStep } from './syntax.ts';

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'size'; readonly of: Operand }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Operand[] };

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'compare'; readonly operator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly of: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly of: Operand; readonly among: readonly Operand[] }
  | { readonly kind: 'test'; readonly name: string; readonly operands: readonly Operand[] };

const ARITY: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
  if_not_exists: 2,
  list_append: 2,
};
const TYPES: readonly AttributeType[] = ['N', 'BS', 'L', 'B', 'NULL', 'M', 'S', 'SS', 'NS', 'BOOL'];

/** One expression of a request being bound; `what` is AWS's name of it. */
export class Binder {
  readonly #what: string;
  readonly #names: Readonly<Record<string, string>>;
  readonly #values: Item;
  readonly #usedNames: Set<string>;
  readonly #usedValues: Set<string>;

  constructor(
    what: string,
    names: Readonly<Record<string, string>>,
    values: Item,
    usedNames: Set<string>,
    usedValues: Set<string>,
  ) {
    this.#what = what;
    this.#names = names;
    this.#values = values;
    this.#usedNames = usedNames;
    this.#usedValues = usedValues;
  }

  error(message: string): Error {
    return validationError(`Invalid ${this.#what}: ${message}`);
  }

  path(steps: readonly PathStep[]): Path {
    return steps.map((step) => (typeof step === 'string' && step.startsWith('#') ? this.#name(step) : step));
  }

  #name(alias: string): string {
    if (!Object.hasOwn(this.#names, alias))
      throw this.error(
        `An expression attribute name used in the document path is not defined; attribute name: ${alias}`,
      );
    this.#usedNames.add(alias);
    return this.#names[alias] as string;
  }

  value(name: string): AttributeValue {
    if (!Object.hasOwn(this.#values, name))
      throw this.error(`An expression attribute value used in expression is not defined; attribute value: ${name}`);
    this.#usedValues.add(name);
    return this.#values[name] as AttributeValue;
  }

  operand(node: OperandNode): Operand {
    if (node.kind === 'path') return { kind: 'path', path: this.path(node.steps) };
    if (node.kind === 'value') return { kind: 'value', value: this.value(node.name) };
    const operands = node.operands.map((operand) => this.operand(operand));
    if (node.name === 'size' && operands.length === 1) return { kind: 'size', of: operands[0] as Operand };
    return { kind: 'call', name: node.name, operands };
  }

  condition(node: ConditionNode): Condition {
    switch (node.kind) {
      case 'and':
      case 'or':
        return { kind: node.kind, left: this.condition(node.left), right: this.condition(node.right) };
      case 'not':
        return { kind: 'not', of: this.condition(node.of) };
      case 'compare': {
        const [left, right] = [this.operand(node.left), this.operand(node.right)];
        this.#checkOperands([left, right]);
        this.#checkDistinct(node.operator, left, [right]);
        if (node.operator !== '=' && node.operator !== '<>')
          for (const operand of [left, right]) this.allowOnly(node.operator, operand, ['S', 'N', 'B']);
        return { kind: 'compare', operator: node.operator, left, right };
      }
      case 'between': {
        const [of, low, high] = [this.operand(node.of), this.operand(node.low), this.operand(node.high)];
        this.#checkOperands([of, low, high]);
        this.#checkDistinct('BETWEEN', of, [low, high]);
        for (const operand of [of, low, high]) this.allowOnly('BETWEEN', operand, ['S', 'N', 'B']);
        this.#checkBounds(low, high);
        return { kind: 'between', of, low, high };
      }
      case 'in': {
        const of = this.operand(node.of);
        const among = node.among.map((operand) => this.operand(operand));
        this.#checkOperands([of, ...among]);
        this.#checkDistinct('IN', of, among);
        return { kind: 'in', of, among };
      }
      case 'test': {
        const operands = node.operands.map((operand) => this.operand(operand));
        this.checkCall(node.name, operands);
        return { kind: 'test', name: node.name, operands };
      }
    }
  }

  #checkOperands(operands: readonly Operand[]): void {
    for (const operand of operands) {
      if (operand.kind === 'size') this.checkCall('size', [operand.of]);
      else if (operand.kind === 'call') this.checkCall(operand.name, operand.operands);
    }
  }

  checkCall(name: string, operands: readonly Operand[]): void {
    this.#checkOperands(operands);
    if (operands.length !== ARITY[name])
      throw this.error(
        `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
      );
    const [first, second] = operands as [Operand, Operand | undefined];
    if (name !== 'list_append') this.#checkDistinct(name, first, operands.slice(1));
    if (/^attribute_(not_)?exists$|^if_not_exists$/.test(name) && first.kind !== 'path')
      throw this.error(`Operator or function requires a document path; operator or function: ${name}`);
    if (name === 'begins_with') for (const operand of operands) this.allowOnly(name, operand, ['S', 'B']);
    if (name === 'list_append') for (const operand of operands) this.allowOnly(name, operand, ['L']);
    if (name === 'size' && /^(N|BOOL|NULL)$/.test(immediateType(first) ?? ''))
      throw this.#wrongType(name, immediateType(first) as string);
    if (name === 'attribute_type') this.#checkTypeName(second as Operand);
  }

  #checkTypeName(operand: Operand): void {
    const type = immediateType(operand);
    if (operand.kind !== 'value' || type !== 'S')
      throw this.#wrongType('attribute_type', type ?? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}');
    if (!TYPES.includes(operand.value.S as AttributeType))
      throw this.error(
        `Invalid attribute type name found; type: ${operand.value.S}, valid types: {${TYPES.join(',')}}`,
      );
  }

  allowOnly(name: string, operand: Operand, allowed: readonly AttributeType[]): void {
    const type = immediateType(operand);
    if (type !== undefined && !allowed.includes(type)) throw this.#wrongType(name, type);
  }

  #wrongType(name: string, type: string): Error {
    return this.error(
      `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
    );
  }

  #checkDistinct(operator: string, first: Operand, rest: readonly Operand[]): void {
    if (first.kind !== 'path') return;
    const shown = showPath(first.path);
    if (rest.some((operand) => operand.kind === 'path' && showPath(operand.path) === shown))
      throw this.error(
        `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${shown}`,
      );
  }

  #checkBounds(low: Operand, high: Operand): void {
    if (low.kind !== 'value' || high.kind !== 'value') return;
    const [from, to] = [low.value, high.value];
    const shown = `lower bound operand: AttributeValue: ${show(from)}, upper bound operand: AttributeValue: ${show(to)}`;
    if (typeOf(from) !== typeOf(to))
      throw this.error(`The BETWEEN operator requires same data type for lower and upper bounds; ${shown}`);
    if ((compareValues(from, to) ?? 0) > 0)
      throw this.error(
        `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${shown}`,
      );
  }
}

function show(value: AttributeValue): string {
  const type = typeOf(value);
  if (value.B !== undefined) return `{B:${Buffer.from(value.B).toString('base64')}}`;
  return `{${type}:${value[type]}}`;
}

/** The type an operand has whatever the item is, or undefined. */
export function immediateType(operand: Operand): AttributeType | undefined {
  if (operand.kind === 'value') return typeOf(operand.value);
  return operand.kind === 'size' ? 'N' : undefined;
}
