// Filters of JSONPath, `[?(…)]`: parsed once to a test over an item. Precedence: ||, &&, !, comparison.

import { RE2JS } from 're2js';
import { equal, type Json } from '../json.ts';
import { PathError } from './error.ts';
import type { Segment } from './parse.ts';
import { walk } from './walk.ts';

export type Filter = (item: Json, root: Json) => boolean;
/** The path parser, handed in: a path may hold filters and a filter paths. */
type ParseSegments = (text: string, from: number) => Segment[];
type Operand = (item: Json, root: Json) => Json | undefined;

const TOKEN =
  /\s*(?:(&&|\|\||==|!=|<=|>=|=~|<|>|!|\(|\)|,|\[|\])|('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(\/(?:[^/\\]|\\.)*\/[a-z]*)|([@$](?:[\w-]|\.\.?\*?|\[(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\]'"])*\]|\(\))*)|([A-Za-z]+))/y;

interface Token {
  readonly kind: 'op' | 'string' | 'number' | 'regex' | 'path' | 'word';
  readonly text: string;
}

function tokens(text: string): Token[] {
  const out: Token[] = [];
  const kinds = ['op', 'string', 'number', 'regex', 'path', 'word'] as const;
  let at = 0;
  while (at < text.trimEnd().length) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found) throw new PathError(`Could not parse the filter ${text}`);
    const index = found.slice(1).findIndex((group) => group !== undefined);
    out.push({ kind: kinds[index] as Token['kind'], text: found[index + 1] as string });
    at = TOKEN.lastIndex;
  }
  return out;
}

function compare(a: Json | undefined, b: Json | undefined): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  return undefined;
}

const same = (a: Json | undefined, b: Json | undefined) => a !== undefined && b !== undefined && equal(a, b);

const OPERATORS: Record<string, (a: Json | undefined, b: Json | undefined) => boolean> = {
  '==': same,
  '!=': (a, b) => !same(a, b),
  '<': (a, b) => (compare(a, b) ?? 1) < 0,
  '<=': (a, b) => (compare(a, b) ?? 1) <= 0,
  '>': (a, b) => (compare(a, b) ?? -1) > 0,
  '>=': (a, b) => (compare(a, b) ?? -1) >= 0,
  in: (a, b) => Array.isArray(b) && b.some((item) => same(a, item)),
  nin: (a, b) => !(Array.isArray(b) && b.some((item) => same(a, item))),
  contains: (a, b) =>
    Array.isArray(a)
      ? a.some((item) => same(item, b))
      : typeof a === 'string' && typeof b === 'string' && a.includes(b),
  subsetof: (a, b) => Array.isArray(a) && Array.isArray(b) && a.every((x) => b.some((y) => equal(x, y))),
  anyof: (a, b) => Array.isArray(a) && Array.isArray(b) && a.some((x) => b.some((y) => equal(x, y))),
  noneof: (a, b) => Array.isArray(a) && Array.isArray(b) && !a.some((x) => b.some((y) => equal(x, y))),
  size: (a, b) => (Array.isArray(a) || typeof a === 'string') && a.length === b,
  empty: (a, b) => (Array.isArray(a) || typeof a === 'string') && (a.length === 0) === b,
};

class Parser {
  readonly list: Token[];
  at = 0;

  readonly parseSegments: ParseSegments;

  constructor(text: string, parseSegments: ParseSegments) {
    this.parseSegments = parseSegments;
    this.list = tokens(text);
  }

  next(text?: string): Token | undefined {
    const token = this.list[this.at];
    if (!token || (text !== undefined && token.text !== text)) return undefined;
    this.at++;
    return token;
  }

  or(): Filter {
    let left = this.and();
    while (this.next('||')) {
      const [a, b] = [left, this.and()];
      left = (item, root) => a(item, root) || b(item, root);
    }
    return left;
  }

  and(): Filter {
    let left = this.not();
    while (this.next('&&')) {
      const [a, b] = [left, this.not()];
      left = (item, root) => a(item, root) && b(item, root);
    }
    return left;
  }

  not(): Filter {
    if (this.next('!')) {
      const inner = this.not();
      return (item, root) => !inner(item, root);
    }
    if (this.next('(')) {
      const inner = this.or();
      if (!this.next(')')) throw new PathError('unclosed group in a filter');
      return inner;
    }
    return this.comparison();
  }

  comparison(): Filter {
    const left = this.operand();
    const token = this.list[this.at];
    if (token?.text === '=~') {
      this.at++;
      const regex = this.next();
      if (regex?.kind !== 'regex') throw new PathError('expected a regular expression in a filter');
      const end = regex.text.lastIndexOf('/');
      const flags = regex.text.slice(end + 1).includes('i') ? RE2JS.CASE_INSENSITIVE : 0;
      const pattern = RE2JS.compile(regex.text.slice(1, end), flags);
      return (item, root) => {
        const value = left(item, root);
        return typeof value === 'string' && pattern.matches(value);
      };
    }
    const operator = token && Object.hasOwn(OPERATORS, token.text) ? OPERATORS[token.text] : undefined;
    if (!operator) return (item, root) => left(item, root) !== undefined;
    this.at++;
    const right = this.operand();
    return (item, root) => operator(left(item, root), right(item, root));
  }

  operand(): Operand {
    const token = this.next();
    if (!token) throw new PathError('a filter ends too early');
    if (token.kind === 'path') return pathOperand(token.text, this.parseSegments);
    if (token.text === '[') {
      const items: Operand[] = [];
      while (!this.next(']')) {
        items.push(this.operand());
        this.next(',');
      }
      return (item, root) => items.map((each) => each(item, root) ?? null);
    }
    const value = literal(token);
    return () => value;
  }
}

function pathOperand(text: string, parseSegments: ParseSegments): Operand {
  const segments: Segment[] = parseSegments(text, 1);
  const single = segments.every((s) => s.kind === 'name' || s.kind === 'index' || s.kind === 'function');
  return (item, root) => {
    const found = walk(segments, text.startsWith('@') ? item : root, root);
    return single ? found[0] : found.length > 0 ? found : undefined;
  };
}

function literal(token: Token): Json {
  if (token.kind === 'number') return Number(token.text);
  if (token.kind === 'string') return token.text.slice(1, -1).replace(/\\(.)/g, '$1');
  if (token.text === 'true') return true;
  if (token.text === 'false') return false;
  if (token.text === 'null') return null;
  throw new PathError(`unexpected ${token.text} in a filter`);
}

/** @throws PathError */
export function parseFilter(text: string, parseSegments: ParseSegments): Filter {
  const parser = new Parser(text, parseSegments);
  const filter = parser.or();
  if (parser.at < parser.list.length) throw new PathError(`unexpected ${parser.list[parser.at]?.text} in a filter`);
  return filter;
}
