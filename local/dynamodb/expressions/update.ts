// Binds and applies update expressions.

import {
  type AttributeType,
  type AttributeValue,
  cloneValue,
  type Item,
  memberKey,
  setAttribute,
  setMembers,
  typeOf,
} from '../attribute-value.ts';
import { validationError } from '../errors.ts';
import { addNumbers } from '../number.ts';
import { memberAt, type Path, valueAt } from '../path.ts';
import { type Binder, immediateType, type Operand } from './bind.ts';
import { refuseOverlaps } from './overlap.ts';
import type { SetValueNode, UpdateActionNode, UpdateSection } from './syntax.ts';

type SetValue =
  | Operand
  | { readonly kind: 'sum'; readonly operator: '+' | '-'; readonly left: Operand; readonly right: Operand };

export interface UpdateAction {
  readonly section: UpdateSection;
  readonly path: Path;
  readonly value?: SetValue;
}

const LONG_NAMES: Readonly<Record<AttributeType, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  SS: 'STRING_SET',
  NS: 'NUMBER_SET',
  BS: 'BINARY_SET',
  L: 'LIST',
  M: 'MAP',
};

export function bindUpdate(binder: Binder, nodes: readonly UpdateActionNode[]): UpdateAction[] {
  const actions = nodes.map(({ section, path, value }) => ({
    section,
    path: binder.path(path),
    value: value === undefined ? undefined : bindValue(binder, value),
  }));
  refuseOverlaps(
    actions.map((action) => action.path),
    binder,
  );
  for (const { section, value } of actions) if (value !== undefined) checkValue(binder, section, value);
  return actions;
}

function bindValue(binder: Binder, node: SetValueNode): SetValue {
  if (node.kind !== 'sum') return binder.operand(node);
  return { ...node, left: binder.operand(node.left), right: binder.operand(node.right) };
}

function checkValue(binder: Binder, section: UpdateSection, value: SetValue): void {
  if (section === 'SET') {
    for (const operand of value.kind === 'sum' ? [value.left, value.right] : [value]) {
      if (operand.kind === 'call') binder.checkCall(operand.name, operand.operands);
      if (value.kind === 'sum') binder.allowOnly(value.operator, operand, ['N']);
    }
    return;
  }
  const type = immediateType(value as Operand) as AttributeType;
  if (type.endsWith('S') && type !== 'S') return;
  if (section === 'ADD' && type === 'N') return;
  throw binder.error(
    `Incorrect operand type for operator or function; operator: ${section}, operand type: ${LONG_NAMES[type]}, typeSet: ALLOWED_FOR_${section}_OPERAND`,
  );
}

const wrongOperand = () => validationError('An operand in the update expression has an incorrect data type');
const missingAttribute = () =>
  validationError('The provided expression refers to an attribute that does not exist in the item');
const invalidPath = () => validationError('The document path provided in the update expression is invalid for update');

/** A new item; the old one is left as it was. Every value is read from the old one. */
export function applyUpdate(old: Item, actions: readonly UpdateAction[]): Item {
  const values = actions.map(({ section, path, value }) => {
    refuseMissingParent(old, path);
    if (section === 'SET') return evaluate(old, value as SetValue);
    return (value as { value: AttributeValue } | undefined)?.value;
  });
  const editor = new Editor(old);
  for (const [at, { section, path }] of actions.entries()) {
    const value = values[at];
    if (section === 'SET') editor.set(path, value as AttributeValue);
    else if (section === 'REMOVE') editor.remove(path);
    else editor.change(path, (before) => (section === 'ADD' ? add : subtract)(before, value as AttributeValue));
  }
  return editor.finish();
}

/** Only the last step of a path may be new. */
function refuseMissingParent(item: Item, path: Path): void {
  if (path.length === 1) return;
  const parent = valueAt(item, path.slice(0, -1));
  if ((typeof path[path.length - 1] === 'number' ? parent?.L : parent?.M) === undefined) throw invalidPath();
}

function evaluate(item: Item, value: SetValue): AttributeValue {
  if (value.kind === 'value') return value.value;
  if (value.kind === 'path') return valueAt(item, value.path) ?? fail(missingAttribute());
  if (value.kind === 'sum') {
    const [left, right] = [evaluate(item, value.left), evaluate(item, value.right)];
    if (left.N === undefined || right.N === undefined) throw wrongOperand();
    return { N: addNumbers(left.N, right.N, value.operator === '+' ? 1 : -1) };
  }
  if (value.kind === 'size') throw wrongOperand();
  const [first, second] = value.operands as [Operand, Operand];
  if (value.name === 'if_not_exists') return valueAt(item, (first as { path: Path }).path) ?? evaluate(item, second);
  const [head, tail] = [evaluate(item, first), evaluate(item, second)];
  if (head.L === undefined || tail.L === undefined) throw wrongOperand();
  return { L: [...head.L, ...tail.L] };
}

function fail(error: Error): never {
  throw error;
}

function add(before: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  if (before === undefined) return value;
  if (typeOf(before) !== typeOf(value)) throw wrongOperand();
  if (value.N !== undefined) return { N: addNumbers(before.N as string, value.N, 1) };
  const have = new Set(setMembers(before)?.map(memberKey));
  const more = (setMembers(value) ?? []).filter((member) => !have.has(memberKey(member)));
  return { [typeOf(value)]: [...(setMembers(before) ?? []), ...more] };
}

function subtract(before: AttributeValue | undefined, value: AttributeValue): AttributeValue | undefined {
  if (before === undefined) return undefined;
  if (typeOf(before) !== typeOf(value)) throw wrongOperand();
  const gone = new Set(setMembers(value)?.map(memberKey));
  const rest = (setMembers(before) ?? []).filter((member) => !gone.has(memberKey(member)));
  return rest.length === 0 ? undefined : { [typeOf(value)]: rest };
}

/** Edits a copy of an item; list indexes mean the list as it was, whatever else is edited. */
class Editor {
  readonly #item: Item;
  readonly #copied = new Set<string>();
  readonly #removed = new Map<AttributeValue[], Set<number>>();
  readonly #appended = new Map<AttributeValue[], Array<[number, AttributeValue]>>();

  constructor(item: Item) {
    this.#item = { ...item };
  }

  set(path: Path, value: AttributeValue): void {
    const parent = this.#parent(path);
    const step = path[path.length - 1] as string | number;
    if (typeof step === 'string') {
      setAttribute(mapOf(parent), step, value);
      return;
    }
    const list = listOf(parent);
    if (step < list.length) list[step] = value;
    else this.#appended.set(list, [...(this.#appended.get(list) ?? []), [step, value]]);
  }

  remove(path: Path): void {
    const parent = this.#parent(path);
    const step = path[path.length - 1] as string | number;
    if (typeof step === 'string') {
      delete mapOf(parent)[step];
      return;
    }
    const list = listOf(parent);
    this.#removed.set(list, (this.#removed.get(list) ?? new Set()).add(step));
  }

  change(path: Path, edit: (before: AttributeValue | undefined) => AttributeValue | undefined): void {
    const parent = this.#parent(path);
    const step = path[path.length - 1] as string | number;
    const before = typeof step === 'number' ? listOf(parent)[step] : memberAt({ M: mapOf(parent) }, step);
    const after = edit(before);
    if (after !== undefined) this.set(path, after);
    else if (before !== undefined) this.remove(path);
  }

  finish(): Item {
    for (const list of new Set([...this.#removed.keys(), ...this.#appended.keys()])) {
      const removed = this.#removed.get(list);
      const kept = list.filter((_, at) => removed?.has(at) !== true);
      const more = (this.#appended.get(list) ?? []).sort(([a], [b]) => a - b).map(([, value]) => value);
      list.splice(0, list.length, ...kept, ...more);
    }
    return this.#item;
  }

  /** The map or list a path's last step is in, copied before its first edit. */
  #parent(path: Path): AttributeValue {
    if (path.length === 1) return { M: this.#item };
    const top = path[0] as string;
    if (!this.#copied.has(top) && Object.hasOwn(this.#item, top)) {
      setAttribute(this.#item, top, cloneValue(this.#item[top] as AttributeValue));
      this.#copied.add(top);
    }
    return valueAt(this.#item, path.slice(0, -1)) ?? fail(invalidPath());
  }
}

function mapOf(parent: AttributeValue): Item {
  return parent.M ?? fail(invalidPath());
}

function listOf(parent: AttributeValue): AttributeValue[] {
  return parent.L ?? fail(invalidPath());
}
