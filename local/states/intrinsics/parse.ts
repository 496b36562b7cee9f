// Parses an intrinsic function call, States.Name(args…), to an expression that can be evaluated.

import { runtime } from '../failure.ts';
import type { Json } from '../json.ts';
import { type Path, parsePath } from '../path/parse.ts';
import { rootOf, selectFrom } from '../path/select.ts';
import type { Evaluate } from '../scope.ts';
import { INTRINSICS } from './functions.ts';

class IntrinsicError extends Error {}

/** AWS allows intrinsic calls ten deep. */
const MAX_DEPTH = 10;

export interface Intrinsic {
  readonly name: string;
  readonly evaluate: Evaluate;
  /** Paths the call mentions, those of nested calls too. */
  readonly paths: readonly Path[];
}

/** What may follow a backslash in a text. */
const ESCAPES = new Set(["'", '\\', '{', '}']);

class Reader {
  readonly text: string;
  readonly paths: Path[] = [];
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  fail(why: string): never {
    throw new IntrinsicError(`${why} at character ${this.at} of ${this.text}`);
  }

  space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at += found[0].length;
    return found?.[0];
  }

  call(depth: number): { name: string; evaluate: Evaluate } {
    if (depth > MAX_DEPTH) this.fail('Intrinsic functions are nested too deep');
    const name = this.match(/States\.[A-Za-z0-9]+/y);
    const fn = name !== undefined && Object.hasOwn(INTRINSICS, name) ? INTRINSICS[name] : undefined;
    if (name === undefined || !fn) return this.fail('Expected an intrinsic function');
    if (this.match(/\s*\(/y) === undefined) this.fail('Expected (');
    const args: Evaluate[] = [];
    this.space();
    while (this.text[this.at] !== ')') {
      args.push(this.argument(depth));
      this.space();
      if (this.text[this.at] === ',') {
        this.at++;
        this.space();
        if (this.text[this.at] === ')') this.fail('Expected an argument');
      } else if (this.text[this.at] !== ')') this.fail('Expected , or )');
    }
    this.at++;
    if (args.length < fn.least || args.length > fn.most) this.fail(`Wrong number of arguments for ${name}`);
    const { run } = fn;
    return {
      name,
      evaluate: (input, scope) =>
        run(
          args.map((arg) => arg(input, scope)),
          scope,
        ),
    };
  }

  argument(depth: number): Evaluate {
    this.space();
    const char = this.text[this.at] ?? '';
    if (char === "'") {
      const value = this.string();
      return () => value;
    }
    if (char === '$') return this.path();
    if (this.text.startsWith('States.', this.at)) return this.call(depth + 1).evaluate;
    const word = this.match(/[^\s,()']+/y);
    const value = word === undefined ? undefined : literal(word);
    if (value === undefined) return this.fail('Expected a value');
    return () => value;
  }

  string(): string {
    let out = '';
    this.at++;
    for (;;) {
      const char = this.text[this.at++];
      if (char === undefined) return this.fail('A text is not closed');
      if (char === "'") return out;
      if (char !== '\\') {
        out += char;
        continue;
      }
      const next = this.text[this.at++] ?? '';
      if (!ESCAPES.has(next)) this.fail('Illegal escape');
      // Braces stay escaped so that States.Format can tell them.
      out += next === '{' || next === '}' ? `\\${next}` : next;
    }
  }

  path(): Evaluate {
    const start = this.at;
    let depth = 0;
    let quote = '';
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at] as string;
      if (quote) {
        if (char === '\\') this.at++;
        else if (char === quote) quote = '';
      } else if (char === "'" || char === '"') quote = char;
      else if (char === '[' || char === '(') depth++;
      else if (char === ']') depth--;
      else if (char === ')' && depth > 0) depth--;
      else if (depth === 0 && (char === ',' || char === ')' || /\s/.test(char))) break;
    }
    const path = parsePath(this.text.slice(start, this.at));
    this.paths.push(path);
    const select = selectFrom(path);
    return (input, scope) => {
      const value = select(input, scope);
      if (value === undefined) {
        const root = JSON.stringify(rootOf(path, input, scope));
        throw runtime(`The JSONPath '${path.text}' could not be found in the input '${root}'`);
      }
      return value;
    };
  }
}

function literal(word: string): Json | undefined {
  if (word === 'true') return true;
  if (word === 'false') return false;
  if (word === 'null') return null;
  const value = Number(word);
  return Number.isNaN(value) ? undefined : value;
}

/** @throws IntrinsicError, PathError */
export function parseIntrinsic(text: string): Intrinsic {
  const reader = new Reader(text.trim());
  const { name, evaluate } = reader.call(1);
  reader.space();
  if (reader.at < reader.text.length) reader.fail('Unexpected text');
  return { name, evaluate, paths: reader.paths };
}
