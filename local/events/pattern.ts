// EventBridge's event patterns: exact values, prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, exists, cidr, $or.
// A pattern is compiled once; a pattern that is not valid is refused with where and why.

import { BlockList, isIP } from 'node:net';
import { AwsError } from '../service.ts';

export type Matcher = (event: unknown) => boolean;

/** Tests the values found at a field; none when the field is absent. */
type Leaf = (values: readonly unknown[]) => boolean;

/** @throws InvalidEventPatternException */
export function compilePattern(text: string): Matcher {
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch (error) {
    throw invalid(`not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(pattern)) throw invalid('Filter is not an object');
  return compileObject(pattern, '');
}

function compileObject(pattern: Readonly<Record<string, unknown>>, path: string): Matcher {
  const parts: Matcher[] = [];
  for (const [name, below] of Object.entries(pattern)) {
    const where = path === '' ? name : `${path}.${name}`;
    if (name === '$or' && Array.isArray(below)) {
      if (below.length < 2 || !below.every(isObject))
        throw invalid(`"$or" at ${where} must be an array of two or more objects`);
      const choices = below.map((choice) => compileObject(choice as Record<string, unknown>, path));
      parts.push((event) => choices.some((matches) => matches(event)));
    } else if (Array.isArray(below)) {
      if (below.length === 0) throw invalid(`Empty arrays are not allowed at ${where}`);
      const tests = below.map((test) => compileTest(test, where));
      parts.push((event) => {
        const values = valuesOf(event, name);
        return tests.some((test) => test(values));
      });
    } else if (isObject(below)) {
      if (Object.keys(below).length === 0) throw invalid(`Empty objects are not allowed at ${where}`);
      const inner = compileObject(below, where);
      parts.push((event) => {
        const value = isObject(event) ? event[name] : undefined;
        return Array.isArray(value) ? value.some(inner) : inner(isObject(value) ? value : {});
      });
    } else throw invalid(`"${where}" must be an object or an array`);
  }
  return (event) => parts.every((part) => part(event));
}

function compileTest(test: unknown, where: string): Leaf {
  if (!isObject(test)) {
    if (test !== null && typeof test === 'object')
      throw invalid(`Match value must be String, number, true, false, or null at ${where}`);
    return (values) => values.includes(test);
  }
  const [kind, ...others] = Object.keys(test);
  if (kind === undefined || others.length > 0) throw invalid(`Only one key allowed in match expression at ${where}`);
  if (kind === 'exists') {
    if (typeof test.exists !== 'boolean') throw invalid(`exists must be true or false at ${where}`);
    return (values) => values.length > 0 === test.exists;
  }
  if (kind === 'anything-but') {
    const but = compileBut(test[kind], where);
    // Holds for a value that is there and is none of those; an array holds when one of its members does.
    return (values) => values.some((value) => isScalar(value) && !but(value));
  }
  const matches = compileText(kind, test[kind], where);
  return (values) => values.some(matches);
}

function compileBut(but: unknown, where: string): (value: unknown) => boolean {
  if (isObject(but)) {
    const [kind, ...others] = Object.keys(but);
    if (kind === undefined || others.length > 0) throw invalid(`Only one key allowed in anything-but at ${where}`);
    const list = Array.isArray(but[kind]) ? (but[kind] as unknown[]) : [but[kind]];
    const tests = list.map((operand) => compileText(kind, operand, where));
    return (value) => tests.some((test) => test(value));
  }
  const list: unknown[] = Array.isArray(but) ? but : [but];
  if (list.length === 0) throw invalid(`Empty arrays are not allowed at ${where}`);
  return (value) => list.includes(value);
}

function compileText(kind: string, operand: unknown, where: string): (value: unknown) => boolean {
  if (kind === 'numeric') return compileNumeric(operand, where);
  if ((kind === 'prefix' || kind === 'suffix') && isObject(operand) && 'equals-ignore-case' in operand) {
    const text = textOf(operand['equals-ignore-case'], kind, where).toLowerCase();
    const has = (value: string) => (kind === 'prefix' ? value.startsWith(text) : value.endsWith(text));
    return (value) => typeof value === 'string' && has(value.toLowerCase());
  }
  const text = textOf(operand, kind, where);
  switch (kind) {
    case 'prefix':
      return (value) => typeof value === 'string' && value.startsWith(text);
    case 'suffix':
      return (value) => typeof value === 'string' && value.endsWith(text);
    case 'equals-ignore-case':
      return (value) => typeof value === 'string' && value.toLowerCase() === text.toLowerCase();
    case 'wildcard':
      return compileWildcard(text, where);
    case 'cidr':
      return compileCidr(text, where);
    default:
      throw invalid(`Unrecognized match type ${kind} at ${where}`);
  }
}

function compileNumeric(operand: unknown, where: string): (value: unknown) => boolean {
  const problem = `numeric must be ["<operator>", <number>] once or twice at ${where}`;
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) throw invalid(problem);
  const tests: ((value: number) => boolean)[] = [];
  for (let i = 0; i < operand.length; i += 2) {
    const limit: unknown = operand[i + 1];
    if (typeof limit !== 'number') throw invalid(problem);
    switch (operand[i]) {
      case '=':
        tests.push((value) => value === limit);
        break;
      case '<':
        tests.push((value) => value < limit);
        break;
      case '<=':
        tests.push((value) => value <= limit);
        break;
      case '>':
        tests.push((value) => value > limit);
        break;
      case '>=':
        tests.push((value) => value >= limit);
        break;
      default:
        throw invalid(problem);
    }
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

/** `*` stands for any characters, `\*` for itself. Matched by its pieces, left to right: nothing backtracks. */
function compileWildcard(text: string, where: string): (value: unknown) => boolean {
  if (/(?<!\\)\*\*/.test(text)) throw invalid(`Consecutive wildcard characters at ${where}`);
  const pieces = text.split(/(?<!\\)\*/).map((piece) => piece.replace(/\\([*\\])/g, '$1'));
  const first = pieces[0] as string;
  if (pieces.length === 1) return (value) => value === first;
  const last = pieces.at(-1) as string;
  const middle = pieces.slice(1, -1);
  return (value) => {
    if (typeof value !== 'string' || value.length < first.length + last.length) return false;
    if (!value.startsWith(first) || !value.endsWith(last)) return false;
    let from = first.length;
    for (const piece of middle) {
      const at = value.indexOf(piece, from);
      if (at < 0) return false;
      from = at + piece.length;
    }
    return from <= value.length - last.length;
  };
}

function compileCidr(text: string, where: string): (value: unknown) => boolean {
  const [address = '', bits = ''] = text.split('/');
  const family = isIP(address);
  const length = Number(bits);
  if (family === 0 || !/^\d+$/.test(bits) || length > (family === 4 ? 32 : 128))
    throw invalid(`Malformed CIDR "${text}" at ${where}`);
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(address, length, kind);
  return (value) => typeof value === 'string' && isIP(value) === family && list.check(value, kind);
}

/** The values a field has: the members of an array, or the one value; none when absent or an object. */
function valuesOf(event: unknown, name: string): readonly unknown[] {
  if (!isObject(event) || !(name in event)) return [];
  const value = event[name];
  return Array.isArray(value) ? value : [value];
}

function textOf(operand: unknown, kind: string, where: string): string {
  if (typeof operand !== 'string') throw invalid(`${kind} match pattern must be a string at ${where}`);
  return operand;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`, 400);
}
