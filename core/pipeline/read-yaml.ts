// YAML text to a located tree. Only plain YAML is let in: no aliases (one small file could stand for gigabytes), no
// tags, no duplicate keys. Syntax errors are reported all at once; those the parser recovers from do not stop us.

import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLError } from 'yaml';
import type { Located, LocatedMap, Place, Scalar } from './located.ts';
import type { Problem } from './problem.ts';

/** Characters. The built-in pipeline has about 10,000. */
export const MAX_TEXT_LENGTH = 1_000_000;

const RECOVERABLE = new Set(['TAB_AS_INDENT', 'TAG_RESOLVE_FAILED']);

export interface YamlReading {
  /** Null when nothing useful could be read. */
  readonly root: Located | null;
  readonly problems: readonly Problem[];
}

export function readYaml(text: string, file: string): YamlReading {
  const start = { file, line: 1, column: 1, path: '(file)' };
  if (text.length > MAX_TEXT_LENGTH) {
    const expected = `at most ${MAX_TEXT_LENGTH} characters`;
    const message = 'the file is too long for a pipeline';
    return { root: null, problems: [{ ...start, rule: 'file-size', found: `${text.length}`, expected, message }] };
  }
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      version: '1.2',
      merge: false,
      // The parser compares every key with every other; TreeReader finds repeated ones in one pass.
      uniqueKeys: false,
    });
    const faults = [...document.errors, ...document.warnings];
    // The parser recurses by nesting and reports its own stack overflow as a fault of the text.
    if (faults.some(({ message }) => /stack/i.test(message))) return { root: null, problems: [tooDeep(start)] };
    const problems = faults.map((fault) => syntaxProblem(fault, text, lines, start.file));
    if (faults.some((fault) => !RECOVERABLE.has(fault.code))) return { root: null, problems };
    const reader = new TreeReader(file, lines);
    const root = document.contents === null ? null : reader.read(document.contents as Node, '');
    if (root === null) problems.push(emptyFile(start));
    return { root, problems: [...problems, ...reader.problems] };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { root: null, problems: [tooDeep(start)] };
  }
}

function tooDeep(start: Place & { file: string }): Problem {
  const message = 'the file is nested too deeply';
  return { ...start, rule: 'yaml-syntax', found: 'deep nesting', expected: 'a pipeline', message };
}

function emptyFile(start: Place & { file: string }): Problem {
  const message = 'the file is empty';
  return { ...start, rule: 'yaml-syntax', found: 'nothing', expected: 'a pipeline', message };
}

function syntaxProblem(fault: YAMLError, text: string, lines: LineCounter, file: string): Problem {
  const { line, col } = lines.linePos(fault.pos[0]);
  const excerpt = text.slice(fault.pos[0]).split('\n', 1)[0]?.slice(0, 40) ?? '';
  const base = { file, line: Math.max(1, line), column: Math.max(1, col), path: '(file)', found: quote(excerpt) };
  if (fault.code === 'TAB_AS_INDENT') {
    return { ...base, rule: 'tab', found: 'a tab', expected: 'spaces', message: 'tabs cannot indent YAML' };
  }
  return { ...base, rule: 'yaml-syntax', expected: 'valid YAML 1.2', message: fault.message };
}

function quote(excerpt: string): string {
  return excerpt.trim() === '' ? 'the end of the line' : JSON.stringify(excerpt);
}

class TreeReader {
  readonly problems: Problem[] = [];
  readonly #file: string;
  readonly #lines: LineCounter;

  constructor(file: string, lines: LineCounter) {
    this.#file = file;
    this.#lines = lines;
  }

  read(node: Node | null, path: string, fallback?: Place): Located {
    const place = node?.range ? this.#place(node.range[0], path) : { ...(fallback ?? this.#place(0, path)), path };
    if (node !== null && (isAlias(node) || 'anchor' in node) && (isAlias(node) || node.anchor !== undefined)) {
      this.#refuse(place, isAlias(node) ? `*${node.source}` : `&${(node as { anchor?: string }).anchor}`);
    }
    if (isMap(node)) return this.#readMap(node.items as MapItem[], path, place);
    if (isSeq(node)) {
      const items = (node.items as (Node | null)[]).map((item, index) =>
        this.read(item, join(path, itemName(item) ?? `[${index}]`), place),
      );
      return { kind: 'list', place, items };
    }
    return { kind: 'scalar', place, value: scalarValue(node) };
  }

  #readMap(items: readonly MapItem[], path: string, place: Place): LocatedMap {
    const entries = new Map<string, { keyPlace: Place; value: Located }>();
    for (const { key, value } of items) {
      if (!isScalar(key)) {
        this.#refuse(key?.range ? this.#place(key.range[0], path) : place, 'a key that is not a word');
        continue;
      }
      const name = String(key.source ?? key.value);
      const keyPlace = key.range ? this.#place(key.range[0], join(path, name)) : place;
      if (entries.has(name)) this.#repeated(keyPlace, name);
      else entries.set(name, { keyPlace, value: this.read(value, join(path, name), keyPlace) });
    }
    return { kind: 'map', place, entries };
  }

  #place(offset: number, path: string): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col), path };
  }

  /** The first of the two counts. */
  #repeated(place: Place, name: string): void {
    const message = 'the key is repeated';
    const found = `a second ${name}`;
    this.problems.push({
      file: this.#file,
      ...place,
      rule: 'duplicate-key',
      found,
      expected: 'each key once in a mapping',
      message,
    });
  }

  #refuse(place: Place, found: string): void {
    const message = 'only plain YAML is read: no anchors, aliases or keys that are not words';
    const expected = 'plain words, lists and mappings';
    this.problems.push({ file: this.#file, ...place, rule: 'plain-yaml', found, expected, message });
  }
}

interface MapItem {
  readonly key: Node | null;
  readonly value: Node | null;
}

function scalarValue(node: Node | null): Scalar {
  if (!isScalar(node)) return null;
  const { value } = node;
  if (typeof value === 'number' || typeof value === 'bigint') {
    return { kind: 'number', text: String(node.source ?? value) };
  }
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

/** A list item that has an id (or is a word) is called by it in paths. */
function itemName(item: Node | null): string | undefined {
  if (!isMap(item)) return undefined;
  const id = item.get('id');
  return typeof id === 'string' ? id : undefined;
}

function join(path: string, step: string): string {
  if (step.startsWith('[')) return `${path}${step}`;
  return path === '' ? step : `${path}.${step}`;
}
