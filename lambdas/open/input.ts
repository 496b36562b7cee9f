// The input of a run execution, checked: it comes from a console, a command line or any SDK. Every problem is named at
// once, with what was found and what was expected.

import { BadInput } from '../../core/errors.ts';
import { suggest } from '../../core/pipeline/suggest.ts';
import type { GatesMode } from '../../store/runs.ts';

export type RunInput =
  | { readonly kind: 'resume'; readonly runId: string }
  | {
      readonly kind: 'new';
      readonly idea: { readonly text: string } | { readonly uri: string };
      /** `name` or `name@hash`. */
      readonly pipeline?: string;
      readonly budgetUsdMicros?: number;
      readonly gates: GatesMode;
      readonly name?: string;
    };

const KEYS = ['idea', 'ideaUri', 'pipeline', 'budgetUsdMicros', 'gates', 'name'] as const;
/** Step Functions adds it when another execution starts ours. */
const STARTED_BY = 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID';
const GATES: readonly GatesMode[] = ['enforce', 'advise'];
/** Characters of a name. */
const LONGEST_NAME = 200;
/** Characters of a wrong value that a problem repeats. */
const SHOWN = 60;

type Given = Readonly<Record<string, unknown>>;

/** @throws BadInput listing every problem. */
export function readInput(input: unknown): RunInput {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new BadInput(`the input: found ${kindOf(input)}, expected an object such as {"idea": "..."}`);
  }
  const given = input as Given;
  const problems = 'resume' in given ? resumeProblems(given) : newProblems(given);
  if (problems.length > 0) throw new BadInput(problems.join('; '));
  if ('resume' in given) return { kind: 'resume', runId: given.resume as string };
  return {
    kind: 'new',
    idea: given.idea === undefined ? { uri: given.ideaUri as string } : { text: given.idea as string },
    pipeline: given.pipeline as string | undefined,
    budgetUsdMicros: given.budgetUsdMicros as number | undefined,
    gates: (given.gates as GatesMode | undefined) ?? 'enforce',
    name: given.name as string | undefined,
  };
}

function resumeProblems(given: Given): string[] {
  const problems = unknownKeys(given, ['resume']);
  if (typeof given.resume !== 'string' || given.resume === '') {
    problems.push(`resume: found ${kindOf(given.resume)}, expected a run's id`);
  }
  return problems;
}

function newProblems(given: Given): string[] {
  const problems = unknownKeys(given, KEYS);
  if ((given.idea === undefined) === (given.ideaUri === undefined)) {
    const found = given.idea === undefined ? 'neither' : 'both';
    problems.push(`idea: found ${found} of idea and ideaUri, expected exactly one`);
  }
  for (const key of ['idea', 'ideaUri', 'pipeline', 'name'] as const) {
    if (given[key] !== undefined && typeof given[key] !== 'string') {
      problems.push(`${key}: found ${kindOf(given[key])}, expected a text`);
    }
  }
  if (typeof given.name === 'string' && (given.name === '' || given.name.length > LONGEST_NAME)) {
    problems.push(`name: found ${given.name.length} characters, expected 1 to ${LONGEST_NAME}`);
  }
  const budget = given.budgetUsdMicros;
  if (budget !== undefined && !(Number.isSafeInteger(budget) && (budget as number) >= 0)) {
    const found = typeof budget === 'number' ? budget : kindOf(budget);
    problems.push(`budgetUsdMicros: found ${found}, expected an integer of 0 or more (millionths of a US dollar)`);
  }
  if (given.gates !== undefined && !GATES.includes(given.gates as GatesMode)) {
    problems.push(`gates: found ${JSON.stringify(given.gates)}, expected ${GATES.join(' or ')}`);
  }
  return problems;
}

function unknownKeys(given: Given, known: readonly string[]): string[] {
  return Object.keys(given)
    .filter((key) => key !== STARTED_BY && !known.includes(key))
    .map((key) => {
      const hint = suggest(key, known);
      return `${key}: unknown, expected ${known.join(', ')}${hint === undefined ? '' : ` (${hint})`}`;
    });
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'string') return `a ${typeof value}`;
  if (value === '') return 'an empty text';
  return `a text, ${JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}...` : value)}`;
}
