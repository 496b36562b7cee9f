// The expressions of one request together with its names and values: parsed (once per text), bound, and left-overs refused.

import { AwsError } from '../../service.ts';
import { canonicalValue, type Item, setAttribute } from '../attribute-value.ts';
import { validationError } from '../errors.ts';
import { type Path, type Selection, selectionOf } from '../path.ts';
import { Binder, type Condition } from './bind.ts';
import { type KeyCondition, keyConditionOf } from './key-condition.ts';
import { refuseOverlaps } from './overlap.ts';
import { parseCondition } from './parse-condition.ts';
import { parseProjection } from './parse-projection.ts';
import { parseUpdate } from './parse-update.ts';
import type { Parsed } from './syntax.ts';
import { bindUpdate, type UpdateAction } from './update.ts';

export type ExpressionName =
  | 'UpdateExpression'
  | 'ConditionExpression'
  | 'KeyConditionExpression'
  | 'FilterExpression'
  | 'ProjectionExpression';

type Input = { readonly [Name in ExpressionName]?: string } & {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
};

/** What a request's expressions mean; members are absent where the request has no such expression. */
export interface Expressions {
  readonly update?: readonly UpdateAction[];
  readonly condition?: Condition;
  readonly keyCondition?: readonly KeyCondition[];
  readonly filter?: Condition;
  readonly projection?: { readonly paths: readonly Path[]; readonly selection: Selection };
  /** Every path in update, projection and conditions, for checks against the key schema. */
  readonly paths: readonly Path[];
  readonly filterPaths: readonly Path[];
}

const MAX_CACHED = 4096;
const parsed = new Map<string, Parsed<unknown>>();
const NOTHING: Expressions = { paths: [], filterPaths: [] };

/** @param allowed expressions the operation takes, in the order AWS looks at them */
export function readExpressions(input: Input, allowed: readonly ExpressionName[]): Expressions {
  const present = allowed.filter((name) => input[name] !== undefined && input[name] !== null);
  const names = input.ExpressionAttributeNames ?? undefined;
  const given = input.ExpressionAttributeValues ?? undefined;
  if (present.length === 0 && names === undefined && given === undefined) return NOTHING;
  if (names !== undefined && present.length === 0)
    throw validationError('ExpressionAttributeNames can only be specified when using expressions');
  const takeValues: readonly ExpressionName[] = allowed.filter((name) => name !== 'ProjectionExpression');
  if (given !== undefined && !present.some((name) => takeValues.includes(name)))
    throw validationError(
      `ExpressionAttributeValues can only be specified when using expressions: ${takeValues.join(' and ')} ${takeValues.length > 1 ? 'are' : 'is'} null`,
    );
  checkNames(names);
  const values = canonicalValues(given);
  const used = { names: new Set<string>(), values: new Set<string>() };
  const result = bindAll(input, present, (what) => new Binder(what, names ?? {}, values, used.names, used.values));
  refuseUnused('ExpressionAttributeNames', names, used.names);
  refuseUnused('ExpressionAttributeValues', given, used.values);
  return result;
}

function bindAll(input: Input, present: readonly ExpressionName[], binder: (what: string) => Binder): Expressions {
  const result: { -readonly [Key in keyof Expressions]: Expressions[Key] } = { paths: [], filterPaths: [] };
  const paths: Path[] = [];
  for (const what of present) {
    const text = String(input[what]);
    const bind = binder(what);
    if (what === 'UpdateExpression') {
      result.update = bindUpdate(bind, parse(text, what, parseUpdate, bind));
      paths.push(...result.update.map((action) => action.path));
    } else if (what === 'ProjectionExpression') {
      const projected = parse(text, what, parseProjection, bind).map((steps) => bind.path(steps));
      refuseOverlaps(projected, bind);
      result.projection = { paths: projected, selection: selectionOf(projected) };
      paths.push(...projected);
    } else {
      const condition = bind.condition(parse(text, what, parseCondition, bind));
      if (what === 'KeyConditionExpression') result.keyCondition = keyConditionOf(condition);
      else if (what === 'FilterExpression') {
        result.filter = condition;
        result.filterPaths = pathsOf(condition);
        paths.push(...result.filterPaths);
      } else {
        result.condition = condition;
        paths.push(...pathsOf(condition));
      }
    }
  }
  return { ...result, paths };
}

function parse<Node>(
  text: string,
  what: string,
  parser: (text: string, what: string) => Parsed<Node>,
  binder: Binder,
): Node {
  const key = `${what} ${text}`;
  let known = parsed.get(key) as Parsed<Node> | undefined;
  if (known === undefined) {
    known = parser(text, what);
    if (parsed.size >= MAX_CACHED) parsed.clear();
    parsed.set(key, known);
  }
  if (known.problem !== undefined) throw binder.error(known.problem);
  return known.node;
}

function checkNames(names: Readonly<Record<string, string>> | undefined): void {
  if (names === undefined) return;
  if (Object.keys(names).length === 0) throw validationError('ExpressionAttributeNames must not be empty');
  for (const [alias, name] of Object.entries(names)) {
    if (!/^#[0-9a-zA-Z_]+$/.test(alias))
      throw validationError(`ExpressionAttributeNames contains invalid key: Syntax error; key: "${alias}"`);
    if (name === '')
      throw validationError(`ExpressionAttributeNames contains invalid value: Empty attribute name for key ${alias}`);
  }
}

function canonicalValues(given: Readonly<Record<string, unknown>> | undefined): Item {
  const values: Item = {};
  if (given === undefined) return values;
  const names = Object.keys(given);
  if (names.length === 0) throw validationError('ExpressionAttributeValues must not be empty');
  for (const name of names)
    if (!/^:[0-9a-zA-Z_]+$/.test(name))
      throw validationError(`ExpressionAttributeValues contains invalid key: Syntax error; key: "${name}"`);
  for (const name of names) setAttribute(values, name, canonicalNamed(name, given[name]));
  return values;
}

function canonicalNamed(name: string, value: unknown) {
  try {
    return canonicalValue(value);
  } catch (error) {
    if (!(error instanceof AwsError) || error.name !== 'ValidationException') throw error;
    throw validationError(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${name}`);
  }
}

function refuseUnused(what: string, given: object | undefined, used: ReadonlySet<string>): void {
  const unused = Object.keys(given ?? {}).filter((name) => !used.has(name));
  if (unused.length > 0)
    throw validationError(`Value provided in ${what} unused in expressions: keys: {${unused.join(', ')}}`);
}

function pathsOf(condition: Condition): Path[] {
  const paths: Path[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (node !== null && typeof node === 'object') {
      if ((node as { kind?: string }).kind === 'path') paths.push((node as { path: Path }).path);
      else if ((node as { kind?: string }).kind !== 'value') Object.values(node).forEach(visit);
    }
  };
  visit(condition);
  return paths;
}
