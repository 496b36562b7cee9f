// Parses projection expressions: document paths with commas between.

import { Tokens } from './lexer.ts';
import { Problems, parsePath } from './parse-path.ts';
import type { Parsed, PathStep } from './syntax.ts';

/** @throws AwsError ValidationException on a syntax error */
export function parseProjection(text: string, what: string): Parsed<ReadonlyArray<readonly PathStep[]>> {
  const tokens = new Tokens(text, what);
  const problems = new Problems(['reserved']);
  const node = [parsePath(tokens, problems)];
  while (tokens.acceptSymbol(',')) node.push(parsePath(tokens, problems));
  tokens.expectEnd();
  return { node, problem: problems.first };
}
