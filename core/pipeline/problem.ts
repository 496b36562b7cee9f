// What is wrong with a pipeline file: one plain object per finding, with the place, what stood there and what should.

/** Lines and columns count from 1; `path` is dotted, such as `phases.intake.gate.weights`. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
  /** Id of the rule that found it: the name of its file in core/pipeline/rules/. */
  readonly rule: string;
  readonly found: string;
  readonly expected: string;
  readonly message: string;
  readonly suggestion?: string;
}

/** One line per problem, in the form compilers use, so that editors can jump to the place. */
export function formatProblem(problem: Problem): string {
  const hint = problem.suggestion === undefined ? '' : ` (${problem.suggestion})`;
  const where = `${problem.file}:${problem.line}:${problem.column}`;
  return `${where} ${problem.path}: ${problem.message}: found ${problem.found}, expected ${problem.expected}${hint} [${problem.rule}]`;
}
