// The guards of the sources, found by reading them: every condition of a write in store/, each part of one that is an AND, and every
// clause of a handler that returns, continues or throws before the work is done.

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { installation } from '../../cli/home.ts';

export interface SourceGuard {
  /** `store/task-outcome.ts:75 whole condition`. */
  readonly id: string;
  readonly kind: 'condition' | 'part' | 'clause';
  /** Absolute path. */
  readonly file: string;
  /** The file's text without the guard. */
  readonly without: string;
}

/** Holds of every item, and uses no value. */
const ALWAYS = 'attribute_not_exists(nothingOfTheKind)';
const HANDLERS = ['worker', 'dlq', 'timer', 'sweep', 'supervise', 'ledger', 'plan', 'phase', 'close', 'open'];

export function storeGuards(): SourceGuard[] {
  return sources('store/*.ts').flatMap((file) => conditionsIn(file));
}

export function handlerGuards(): SourceGuard[] {
  const folders = HANDLERS.map((name) => `lambdas/${name}/*.ts`);
  return folders.flatMap(sources).flatMap((file) => clausesIn(file));
}

const sources = (pattern: string): string[] => globSync(pattern, { cwd: installation }).sort();

function conditionsIn(file: string): SourceGuard[] {
  const found: SourceGuard[] = [];
  const source = parse(file);
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText(source) === 'ConditionExpression') {
      const { initializer } = node;
      const text = initializer.getText(source);
      found.push(guardOf(source, file, initializer, 'condition', '', `\`(\${${text}}) OR ${ALWAYS}\``));
      if (ts.isStringLiteral(initializer)) found.push(...partsOf(source, file, initializer));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Of a condition that is an AND of several, each by itself. */
function partsOf(source: ts.SourceFile, file: string, literal: ts.StringLiteral): SourceGuard[] {
  const parts = splitAtAnd(literal.text);
  if (parts.length < 2) return [];
  return parts.map((part, index) => {
    const weaker = parts.map((other, at) => (at === index ? `(${other} OR ${ALWAYS})` : other)).join(' AND ');
    return guardOf(source, file, literal, 'part', part, JSON.stringify(weaker));
  });
}

function splitAtAnd(condition: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < condition.length; at += 1) {
    if (condition[at] === '(') depth += 1;
    if (condition[at] === ')') depth -= 1;
    if (depth !== 0 || !condition.startsWith(' AND ', at) || / BETWEEN \S+$/.test(condition.slice(from, at))) continue;
    parts.push(condition.slice(from, at));
    from = at + ' AND '.length;
  }
  return [...parts, condition.slice(from)];
}

function clausesIn(file: string): SourceGuard[] {
  const found: SourceGuard[] = [];
  const source = parse(file);
  const visit = (node: ts.Node): void => {
    if (ts.isIfStatement(node) && node.elseStatement === undefined && leaves(node.thenStatement)) {
      const said = node.expression.getText(source).replaceAll(/\s+/g, ' ').slice(0, 60);
      // Kept as an expression, so that what it narrows and awaits is still there.
      found.push(
        guardOf(source, file, node.expression, 'clause', said, `(${node.expression.getText(source)}) && false`),
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function leaves(statement: ts.Statement): boolean {
  if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement) || ts.isContinueStatement(statement))
    return true;
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : undefined;
  return last !== undefined && leaves(last);
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(installation, file), 'utf8'), ts.ScriptTarget.Latest, true);
}

function guardOf(
  source: ts.SourceFile,
  file: string,
  node: ts.Node,
  kind: SourceGuard['kind'],
  said: string,
  replacement: string,
): SourceGuard {
  const { text } = source;
  const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  return {
    id: `${file}:${line} ${kind === 'condition' ? 'whole condition' : said}`,
    kind,
    file: join(installation, file),
    without: text.slice(0, node.getStart(source)) + replacement + text.slice(node.getEnd()),
  };
}
