// Parses JSONPath in the dialect Step Functions has (Jayway): names, indices, unions, slices, wildcards, deep scans, filters.
// `$` is the state's data, `$$` the context object, `$name` a variable.

import { PathError } from './error.ts';
import { type Filter, parseFilter } from './filter.ts';

export type Segment =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'indices'; readonly indices: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | null; readonly to: number | null; readonly step: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'deep' }
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'function'; readonly name: string };

export interface Path {
  readonly text: string;
  readonly root: 'data' | 'context' | 'variable';
  /** Name of the variable when root is `variable`. */
  readonly variable: string;
  readonly segments: readonly Segment[];
  /** Every segment names exactly one place. */
  readonly definite: boolean;
}

const NAME = /[\p{L}\p{N}_\-$][^.[\]()'"\s,?*@:]*/uy;
const FUNCTIONS = new Set(['length', 'min', 'max', 'avg', 'sum', 'stddev', 'concat', 'keys', 'first', 'last', 'index']);

class Reader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  peek(token: string): boolean {
    return this.text.startsWith(token, this.at);
  }

  take(token: string): boolean {
    if (!this.peek(token)) return false;
    this.at += token.length;
    return true;
  }

  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) return undefined;
    this.at += found[0].length;
    return found[0];
  }

  fail(): never {
    throw new PathError(`Could not parse the path ${this.text} at character ${this.at}`);
  }
}

function quoted(reader: Reader): string {
  const quote = reader.text[reader.at];
  reader.at++;
  let out = '';
  while (!reader.done) {
    const char = reader.text[reader.at++] as string;
    if (char === quote) return out;
    if (char === '\\' && !reader.done) {
      const next = reader.text[reader.at++] as string;
      out += next === quote || next === '\\' ? next : `\\${next}`;
    } else out += char;
  }
  return reader.fail();
}

/** The text up to the bracket that closes, quotes and regular expressions skipped. */
function filterText(reader: Reader): string {
  const start = reader.at;
  let depth = 0;
  while (!reader.done) {
    const char = reader.text[reader.at];
    if (char === "'" || char === '"') {
      quoted(reader);
      continue;
    }
    if (char === '(' || char === '[') depth++;
    if (char === ')' || char === ']') {
      if (char === ']' && depth === 0) return reader.text.slice(start, reader.at);
      depth--;
    }
    reader.at++;
  }
  return reader.fail();
}

function bracket(reader: Reader): Segment {
  reader.match(/\s*/y);
  if (reader.take('*')) return close(reader, { kind: 'all' });
  if (reader.take('?')) {
    const text = filterText(reader).trim();
    if (!text.startsWith('(') || !text.endsWith(')')) reader.fail();
    return close(reader, { kind: 'filter', filter: parseFilter(text.slice(1, -1), parseSegments) });
  }
  const next = reader.text[reader.at];
  if (next === "'" || next === '"') {
    const names = [quoted(reader)];
    while (reader.match(/\s*,\s*/y) !== undefined) names.push(quoted(reader));
    return close(reader, names.length === 1 ? { kind: 'name', name: names[0] as string } : { kind: 'names', names });
  }
  const numbers = reader.match(/-?\d*(\s*[:,]\s*-?\d*)*/y);
  if (!numbers) return reader.fail();
  if (numbers.includes(':')) {
    const [from, to, step] = numbers.split(':').map((part) => (part.trim() === '' ? null : Number(part)));
    return close(reader, { kind: 'slice', from: from ?? null, to: to ?? null, step: step ?? 1 });
  }
  const indices = numbers.split(',').map((part) => (part.trim() === '' ? reader.fail() : Number(part)));
  return close(
    reader,
    indices.length === 1 ? { kind: 'index', index: indices[0] as number } : { kind: 'indices', indices },
  );
}

function close(reader: Reader, segment: Segment): Segment {
  reader.match(/\s*/y);
  return reader.take(']') ? segment : reader.fail();
}

function dotted(reader: Reader): Segment {
  if (reader.take('*')) return { kind: 'all' };
  const name = reader.match(NAME);
  if (name === undefined) return reader.fail();
  if (reader.take('(')) {
    if (!reader.take(')') || !FUNCTIONS.has(name)) reader.fail();
    return { kind: 'function', name };
  }
  return { kind: 'name', name };
}

/** The segments that follow a root, up to the end of the text. @throws PathError */
function parseSegments(text: string, from: number): Segment[] {
  const reader = new Reader(text);
  reader.at = from;
  const segments: Segment[] = [];
  while (!reader.done) {
    if (reader.take('..')) {
      segments.push({ kind: 'deep' });
      segments.push(reader.take('[') ? bracket(reader) : dotted(reader));
    } else if (reader.take('.')) {
      segments.push(reader.take('[') ? bracket(reader) : dotted(reader));
    } else if (reader.take('[')) segments.push(bracket(reader));
    else reader.fail();
  }
  return segments;
}

const VARIABLE = /^\$([\p{L}_][\p{L}\p{N}_]*)/u;

/** @throws PathError when the text is not a path */
export function parsePath(text: string): Path {
  if (!text.startsWith('$')) throw new PathError(`${text} does not start with $`);
  const variable = VARIABLE.exec(text);
  const root = text.startsWith('$$') ? 'context' : variable ? 'variable' : 'data';
  const from = root === 'context' ? 2 : variable ? variable[0].length : 1;
  const segments = parseSegments(text, from);
  const definite = segments.every(
    (segment) => segment.kind === 'name' || segment.kind === 'index' || segment.kind === 'function',
  );
  return { text, root, variable: variable?.[1] ?? '', segments, definite };
}
