// Document paths, shared by every kind of expression, and what is wrong with a parsed one.

import type { Tokens } from './lexer.ts';
import { isReservedWord } from './reserved-words.ts';
import type { PathStep } from './syntax.ts';

const MAX_INDEX = 2_147_483_647;

/** Remembers the first problem of each kind; `first` gives the one AWS answers with. */
export class Problems {
  readonly #order: readonly string[];
  readonly #found = new Map<string, string>();

  /** @param order kinds of problem, most important first */
  constructor(order: readonly string[]) {
    this.#order = order;
  }

  note(kind: string, message: string): void {
    if (!this.#found.has(kind)) this.#found.set(kind, message);
  }

  get first(): string | undefined {
    for (const kind of this.#order) {
      const message = this.#found.get(kind);
      if (message !== undefined) return message;
    }
    return undefined;
  }
}

/** Parses `a.#b[0].c`; the next token is a name or an alias. */
export function parsePath(tokens: Tokens, problems: Problems): PathStep[] {
  const steps: PathStep[] = [parseName(tokens, problems)];
  for (;;) {
    if (tokens.acceptSymbol('.')) steps.push(parseName(tokens, problems));
    else if (tokens.acceptSymbol('[')) steps.push(parseIndex(tokens));
    else return steps;
  }
}

function parseName(tokens: Tokens, problems: Problems): string {
  const { kind, text } = tokens.next;
  if ((kind !== 'name' && kind !== 'alias') || tokens.isKeyword()) throw tokens.syntaxError();
  if (kind === 'name' && isReservedWord(text))
    problems.note('reserved', `Attribute name is a reserved keyword; reserved keyword: ${text}`);
  tokens.take();
  return text;
}

function parseIndex(tokens: Tokens): number {
  if (tokens.next.kind !== 'index') throw tokens.syntaxError();
  const index = Number(tokens.take().text);
  if (index > MAX_INDEX) throw tokens.error(`List index is not within the allowable range; index: [${index}]`);
  tokens.expectSymbol(']');
  return index;
}

/** As AWS shows a path in messages: [a, [0], b]. */
export function showPath(path: readonly PathStep[]): string {
  return `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
}
