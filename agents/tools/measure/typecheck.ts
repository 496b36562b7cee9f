// Type checks the project with the TypeScript compiler, by the project's own settings. Types of Node come from the toolset.

import { join } from 'node:path';
import { runProgram } from '../run-program.ts';
import type { Tool } from '../tool.ts';

const LONGEST_MS = 180_000;
/** Problems that are named; all are counted. */
const NAMED = 100;

export const typecheck: Tool<'typecheck'> = async ({ workspace, toolset }) => {
  const compiler = join(toolset, 'node_modules', 'typescript', 'bin', 'tsc');
  const types = join(toolset, 'node_modules', '@types');
  const args = [compiler, '-p', '.', '--noEmit', '--pretty', 'false', '--typeRoots', types];
  const { exitCode, output, timedOut } = await runProgram(process.execPath, args, {
    cwd: workspace,
    timeoutMs: LONGEST_MS,
  });
  if (timedOut) return { unmeasured: `the type checker did not end within ${LONGEST_MS / 1000} s` };
  const problems = [...output.matchAll(/^(?:(.+?)\((\d+),\d+\): )?error (TS\d+): (.*)$/gm)].map(
    ([, file = '', line = '0', code = '', message = '']) => ({ file, line: Number(line), code, message }),
  );
  return {
    value: { exitCode: exitCode ?? 1, errors: problems.length, problems: problems.slice(0, NAMED) },
    report: { mediaType: 'text/plain', content: `exit code ${exitCode}\n${output}` },
  };
};
