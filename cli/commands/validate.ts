// `ideamine validate [FILE…]`: says everything that is wrong with pipeline files, at once.

import type { Command } from 'commander';
import { formatProblem } from '../../core/pipeline/problem.ts';
import { UsageError } from '../exit.ts';
import { BUILT_IN_PIPELINE, checkPipelineFile } from '../pipeline-file.ts';

export function registerValidate(program: Command): void {
  program
    .command('validate')
    .description('check pipeline files; every problem with its file, line and column')
    .argument('[files...]', 'pipeline files', [BUILT_IN_PIPELINE])
    .option('--json', 'print one JSON array of problems')
    .action((files: string[], options: { json?: boolean }) => validate(files, options));
}

function validate(files: readonly string[], options: { json?: boolean }): void {
  const results = files.map((file) => ({ file, checked: checkPipelineFile(file) }));
  const problems = results.flatMap(({ checked }) => ('problems' in checked ? checked.problems : []));
  if (options.json) process.stdout.write(`${JSON.stringify(problems)}\n`);
  else {
    for (const problem of problems) process.stdout.write(`${formatProblem(problem)}\n`);
    for (const { file, checked } of results) {
      if ('pinned' in checked) {
        const { pipeline, hash } = checked.pinned;
        process.stdout.write(`${file}: ok, ${pipeline.phases.length} phases, behaviour ${hash.slice(0, 12)}\n`);
      }
    }
  }
  if (problems.length > 0) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    throw new UsageError(
      `${count} in ${results.filter(({ checked }) => 'problems' in checked).length} of ${files.length} files`,
    );
  }
}
