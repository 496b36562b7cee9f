// Parses condition, key condition and filter expressions. Precedence: comparisons, NOT, AND, OR.

import { Tokens } from './lexer.ts';
import { Problems, parsePath } from './parse-path.ts';
import type { Comparator, ConditionNode, OperandNode, Parsed } from './syntax.ts';

const COMPARATORS = new Set(['=', '<>', '<', '<=', '>', '>=']);
const FUNCTIONS = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
]);

/** What parentheses may hold is known only after they close. */
type Piece =
  | { readonly is: 'condition'; readonly node: ConditionNode; readonly parens: boolean }
  | { readonly is: 'operand'; readonly node: OperandNode; readonly parens: boolean };

/** @throws AwsError ValidationException on a syntax error */
export function parseCondition(text: string, what: string): Parsed<ConditionNode> {
  const parser = new ConditionParser(text, what);
  const node = parser.parse();
  return { node, problem: parser.problems.first };
}

class ConditionParser {
  readonly problems = new Problems(['parens', 'unknownFunction', 'misusedFunction', 'reserved']);
  readonly #tokens: Tokens;

  constructor(text: string, what: string) {
    this.#tokens = new Tokens(text, what, ['AND', 'OR', 'NOT', 'BETWEEN', 'IN']);
  }

  parse(): ConditionNode {
    const node = this.#condition(this.#or());
    this.#tokens.expectEnd();
    return node;
  }

  #or(): Piece {
    let piece = this.#and();
    while (this.#tokens.isWord('OR')) {
      const left = this.#condition(piece);
      this.#tokens.take();
      const right = this.#condition(this.#and());
      piece = { is: 'condition', node: { kind: 'or', left, right }, parens: false };
    }
    return piece;
  }

  #and(): Piece {
    let piece = this.#not();
    while (this.#tokens.isWord('AND')) {
      const left = this.#condition(piece);
      this.#tokens.take();
      const right = this.#condition(this.#not());
      piece = { is: 'condition', node: { kind: 'and', left, right }, parens: false };
    }
    return piece;
  }

  #not(): Piece {
    if (!this.#tokens.acceptWord('NOT')) return this.#comparison();
    const of = this.#condition(this.#not());
    return { is: 'condition', node: { kind: 'not', of }, parens: false };
  }

  #comparison(): Piece {
    const piece = this.#primary();
    if (piece.is === 'condition') return piece;
    const left = piece.node;
    if (this.#tokens.next.kind === 'symbol' && COMPARATORS.has(this.#tokens.next.text)) {
      const operator = this.#tokens.take().text as Comparator;
      const right = this.#operand();
      this.#noMisuse([left, right]);
      return { is: 'condition', node: { kind: 'compare', operator, left, right }, parens: false };
    }
    if (this.#tokens.acceptWord('BETWEEN')) {
      const low = this.#operand();
      if (!this.#tokens.acceptWord('AND')) throw this.#tokens.syntaxError();
      const high = this.#operand();
      this.#noMisuse([left, low, high]);
      return { is: 'condition', node: { kind: 'between', of: left, low, high }, parens: false };
    }
    if (this.#tokens.acceptWord('IN')) {
      this.#tokens.expectSymbol('(');
      const among = this.#operands();
      this.#noMisuse([left, ...among]);
      return { is: 'condition', node: { kind: 'in', of: left, among }, parens: false };
    }
    return piece;
  }

  #primary(): Piece {
    if (!this.#tokens.acceptSymbol('(')) return { is: 'operand', node: this.#simpleOperand(), parens: false };
    const inner = this.#or();
    this.#tokens.expectSymbol(')');
    if (inner.parens) this.problems.note('parens', 'The expression has redundant parentheses;');
    return { ...inner, parens: true };
  }

  #operand(): OperandNode {
    const piece = this.#primary();
    if (piece.is === 'condition') throw this.#tokens.syntaxError();
    return piece.node;
  }

  #simpleOperand(): OperandNode {
    const { kind, text } = this.#tokens.next;
    if (kind === 'value') {
      this.#tokens.take();
      return { kind: 'value', name: text };
    }
    if (kind === 'name' && this.#tokens.second.kind === 'symbol' && this.#tokens.second.text === '(')
      return this.#call();
    return { kind: 'path', steps: parsePath(this.#tokens, this.problems) };
  }

  #call(): OperandNode {
    const name = this.#tokens.take().text;
    this.#tokens.take();
    const operands = this.#operands();
    if (!FUNCTIONS.has(name)) this.problems.note('unknownFunction', `Invalid function name; function: ${name}`);
    return { kind: 'call', name, operands };
  }

  /** Operands up to and with the closing parenthesis; at least one. */
  #operands(): OperandNode[] {
    const operands = [this.#operand()];
    while (this.#tokens.acceptSymbol(',')) operands.push(this.#operand());
    this.#tokens.expectSymbol(')');
    return operands;
  }

  /** A function call standing alone is a condition, unless it is size; any other operand is a syntax error. */
  #condition(piece: Piece): ConditionNode {
    if (piece.is === 'condition') return piece.node;
    if (piece.node.kind !== 'call') throw this.#tokens.syntaxError();
    const { name, operands } = piece.node;
    if (name === 'size') this.#misuse(name);
    else if (!name.startsWith('attribute_')) this.#noMisuse(operands);
    return { kind: 'test', name, operands };
  }

  #noMisuse(operands: readonly OperandNode[]): void {
    for (const operand of operands) if (operand.kind === 'call' && operand.name !== 'size') this.#misuse(operand.name);
  }

  #misuse(name: string): void {
    this.problems.note(
      'misusedFunction',
      `The function is not allowed to be used this way in an expression; function: ${name}`,
    );
  }
}
