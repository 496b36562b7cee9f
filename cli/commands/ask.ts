// `ideamine ask NAME [ID]`: the questions operators ask, each answered by key or by index.

import type { Command } from 'commander';
import { type GlobalOptions, lookAt, type StageOptions, stageOptions } from '../choose-stage.ts';
import { UsageError } from '../exit.ts';
import { QUESTIONS } from '../questions/all.ts';
import type { Question, Row } from '../questions/question.ts';
import { asCsv, asTable } from '../rows.ts';

interface Options extends StageOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
}

export function registerAsk(program: Command): void {
  stageOptions(program.command('ask'))
    .description('answer a question about the runs of this machine or of a deployed stage')
    .argument('[question]', 'its name; without one the questions are listed')
    .argument('[id]', 'the run or phase it is about, where it is about one')
    .option('--json', 'print one JSON array')
    .option('--csv', 'print comma-separated values')
    .exitOverride()
    .action((name: string | undefined, id: string | undefined, options: Options) =>
      ask(name, id, options, program.opts<GlobalOptions>()),
    );
}

async function ask(name: string | undefined, id: string | undefined, options: Options, global: GlobalOptions) {
  if (options.json && options.csv) throw new UsageError('--json and --csv: found both, expected one of them');
  if (name === undefined) return print(catalogue(), options);
  const question = QUESTIONS.find((one) => one.name === name);
  if (question === undefined) {
    throw new UsageError(
      `there is no question ${name}; expected one of ${QUESTIONS.map((one) => one.name).join(', ')}`,
    );
  }
  const about = subjectOf(question, id);
  print(await lookAt(options, global, (stage) => question.answer(stage, about), []), options);
}

const catalogue = (): Row[] =>
  QUESTIONS.map(({ name, about, asks }) => ({ question: name, about: about ?? null, asks }));

function subjectOf({ name, about }: Question, id: string | undefined): string {
  if (about === undefined) {
    if (id !== undefined) throw new UsageError(`ask ${name}: found '${id}', expected nothing more`);
    return '';
  }
  if (id === undefined) throw new UsageError(`ask ${name}: found nothing, expected the id of a ${about}`);
  return id;
}

function print(rows: readonly Row[], { json, csv }: Options): void {
  if (json) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else process.stdout.write(csv ? asCsv(rows) : `${asTable(rows)}\n`);
}
