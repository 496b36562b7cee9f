// Cuts an expression into tokens and words syntax errors as DynamoDB does.

import { validationError } from '../errors.ts';

export interface Token {
  readonly kind: 'name' | 'alias' | 'value' | 'index' | 'symbol' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN =
  /\s*(?:(?<name>[A-Za-z][A-Za-z0-9_]*)|(?<alias>#[A-Za-z0-9_]+)|(?<value>:[A-Za-z0-9_]+)|(?<index>\d+)|(?<symbol><>|<=|>=|[()[\].,=<>+-]))/y;
const MAX_EXPRESSION_BYTES = 4096;

export class Tokens {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  /** AWS's name of the request member, such as ConditionExpression. */
  readonly #what: string;
  readonly #keywords: ReadonlySet<string>;
  #at = 0;

  /** @param keywords upper-case words that are never names in this kind of expression */
  constructor(text: string, what: string, keywords: readonly string[] = []) {
    this.#keywords = new Set(keywords);
    this.#text = text;
    this.#what = what;
    if (text === '') throw this.error('The expression can not be empty;');
    if (text.trim() === '') throw this.error(`Syntax error; token: "<EOF>", near: "${text}"`);
    if (Buffer.byteLength(text) > MAX_EXPRESSION_BYTES)
      throw this.error('Expression size has exceeded the maximum allowed size;');
    this.#cut();
  }

  error(message: string): Error {
    return validationError(`Invalid ${this.#what}: ${message}`);
  }

  #cut(): void {
    const end = this.#text.trimEnd().length;
    TOKEN.lastIndex = 0;
    let start = 0;
    while (start < end) {
      TOKEN.lastIndex = start;
      const match = TOKEN.exec(this.#text);
      if (match === null) {
        const at = start + (/^\s*/.exec(this.#text.slice(start))?.[0].length ?? 0);
        this.#tokens.push({ kind: 'symbol', text: this.#text.slice(at, at + 1), start: at, end: at + 1 });
        start = at + 1;
        continue;
      }
      const kind = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)?.[0] as Token['kind'];
      const text = match.groups?.[kind] ?? '';
      this.#tokens.push({ kind, text, start: TOKEN.lastIndex - text.length, end: TOKEN.lastIndex });
      start = TOKEN.lastIndex;
    }
    this.#tokens.push({ kind: 'end', text: '<EOF>', start: end, end });
  }

  get next(): Token {
    return this.#tokens[this.#at] as Token;
  }

  /** The token after the next. */
  get second(): Token {
    return this.#tokens[Math.min(this.#at + 1, this.#tokens.length - 1)] as Token;
  }

  take(): Token {
    const token = this.next;
    this.#at += 1;
    return token;
  }

  isSymbol(text: string): boolean {
    return this.next.kind === 'symbol' && this.next.text === text;
  }

  isKeyword(): boolean {
    return this.next.kind === 'name' && this.#keywords.has(this.next.text.toUpperCase());
  }

  /** A keyword, in any case. */
  isWord(word: string): boolean {
    return this.next.kind === 'name' && this.next.text.toUpperCase() === word;
  }

  acceptSymbol(text: string): boolean {
    if (!this.isSymbol(text)) return false;
    this.#at += 1;
    return true;
  }

  acceptWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.#at += 1;
    return true;
  }

  expectSymbol(text: string): void {
    if (!this.acceptSymbol(text)) throw this.syntaxError();
  }

  expectEnd(): void {
    if (this.next.kind !== 'end') throw this.syntaxError();
  }

  /** Names the next token, with the text from the token before to the one after. */
  syntaxError(): Error {
    const before = this.#tokens[this.#at - 1] ?? this.next;
    const after = this.#tokens[this.#at + 1] ?? this.next;
    const near = this.#text.slice(before.start, after.end);
    return this.error(`Syntax error; token: "${this.next.text}", near: "${near}"`);
  }
}
