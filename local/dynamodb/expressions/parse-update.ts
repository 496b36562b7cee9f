// Parses update expressions: SET, REMOVE, ADD and DELETE sections, each at most once.

import { Tokens } from './lexer.ts';
import { Problems, parsePath } from './parse-path.ts';
import type { OperandNode, Parsed, SetValueNode, UpdateActionNode, UpdateSection } from './syntax.ts';

const SECTIONS: readonly UpdateSection[] = ['SET', 'REMOVE', 'ADD', 'DELETE'];
const FUNCTIONS = new Set(['if_not_exists', 'list_append']);
const CONDITION_FUNCTIONS = /^(attribute_exists|attribute_not_exists|attribute_type|begins_with|contains|size)$/;

/** @throws AwsError ValidationException on a syntax error */
export function parseUpdate(text: string, what: string): Parsed<readonly UpdateActionNode[]> {
  const parser = new UpdateParser(text, what);
  const node = parser.parse();
  return { node, problem: parser.problems.first };
}

class UpdateParser {
  readonly problems = new Problems(['parens', 'reserved', 'unknownFunction', 'misusedFunction', 'section']);
  readonly #tokens: Tokens;
  readonly #seen = new Set<UpdateSection>();

  constructor(text: string, what: string) {
    this.#tokens = new Tokens(text, what, SECTIONS);
  }

  parse(): UpdateActionNode[] {
    const actions: UpdateActionNode[] = [];
    do {
      const section = SECTIONS.find((name) => this.#tokens.isWord(name));
      if (section === undefined) throw this.#tokens.syntaxError();
      this.#tokens.take();
      if (this.#seen.has(section))
        this.problems.note('section', `The "${section}" section can only be used once in an update expression;`);
      this.#seen.add(section);
      do actions.push(this.#action(section));
      while (this.#tokens.acceptSymbol(','));
    } while (this.#tokens.next.kind !== 'end');
    return actions;
  }

  #action(section: UpdateSection): UpdateActionNode {
    const path = parsePath(this.#tokens, this.problems);
    if (section === 'REMOVE') return { section, path };
    if (section === 'SET') {
      this.#tokens.expectSymbol('=');
      return { section, path, value: this.#setValue().node };
    }
    const { kind, text } = this.#tokens.next;
    if (kind !== 'value') throw this.#tokens.syntaxError();
    this.#tokens.take();
    return { section, path, value: { kind: 'value', name: text } };
  }

  #setValue(): { node: SetValueNode; parens: boolean } {
    const left = this.#parenthesized(() => this.#setValue()) ?? { node: this.#simpleOperand(), parens: false };
    if (left.node.kind === 'sum') return left;
    for (const operator of ['+', '-'] as const) {
      if (!this.#tokens.acceptSymbol(operator)) continue;
      const right = this.#operand();
      this.#noMisuse([left.node, right]);
      return { node: { kind: 'sum', operator, left: left.node, right }, parens: false };
    }
    return left;
  }

  #operand(): OperandNode {
    return this.#parenthesizedOperand().node;
  }

  #parenthesizedOperand(): { node: OperandNode; parens: boolean } {
    const inner = this.#parenthesized(() => this.#parenthesizedOperand());
    return inner ?? { node: this.#simpleOperand(), parens: false };
  }

  #parenthesized<Node>(parse: () => { node: Node; parens: boolean }): { node: Node; parens: boolean } | undefined {
    if (!this.#tokens.acceptSymbol('(')) return undefined;
    const inner = parse();
    this.#tokens.expectSymbol(')');
    if (inner.parens) this.problems.note('parens', 'The expression has redundant parentheses;');
    return { node: inner.node, parens: true };
  }

  #simpleOperand(): OperandNode {
    const { kind, text } = this.#tokens.next;
    if (kind === 'value') {
      this.#tokens.take();
      return { kind: 'value', name: text };
    }
    if (kind !== 'name' || this.#tokens.second.kind !== 'symbol' || this.#tokens.second.text !== '(')
      return { kind: 'path', steps: parsePath(this.#tokens, this.problems) };
    this.#tokens.take();
    this.#tokens.take();
    const operands = [this.#operand()];
    while (this.#tokens.acceptSymbol(',')) operands.push(this.#operand());
    this.#tokens.expectSymbol(')');
    this.#checkFunction(text, operands);
    return { kind: 'call', name: text, operands };
  }

  #checkFunction(name: string, operands: readonly OperandNode[]): void {
    if (CONDITION_FUNCTIONS.test(name))
      this.problems.note('unknownFunction', `The function is not allowed in an update expression; function: ${name}`);
    else if (!FUNCTIONS.has(name)) this.problems.note('unknownFunction', `Invalid function name; function: ${name}`);
    this.#noMisuse(operands);
  }

  /** list_append stands alone; if_not_exists may be an operand. */
  #noMisuse(operands: readonly OperandNode[]): void {
    for (const operand of operands)
      if (operand.kind === 'call' && operand.name === 'list_append')
        this.problems.note(
          'misusedFunction',
          `The function is not allowed to be used this way in an expression; function: ${operand.name}`,
        );
  }
}
