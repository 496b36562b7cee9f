// Loads a pipeline: text in, a checked pipeline or everything that is wrong with it out. Pure: the caller reads the file.

import { BadInput } from '../errors.ts';
import { draftOf } from './draft.ts';
import type { Known } from './known.ts';
import { type Located, placeAt } from './located.ts';
import type { Pipeline } from './model.ts';
import { formatProblem, type Problem } from './problem.ts';
import { readShape } from './read-shape.ts';
import { readYaml } from './read-yaml.ts';
import { rules } from './rules.ts';
import { type PipelineShape, pipelineShape } from './shape.ts';
import { toModel } from './to-model.ts';

export type Loading = { readonly pipeline: Pipeline } | { readonly problems: readonly Problem[] };

/**
 * @param fileName as it should stand in the problems.
 * @returns the pipeline, or at least one problem, all that could be found, sorted by position.
 */
export function loadPipeline(text: string, fileName: string, known: Known): Loading {
  const { root, problems: syntax } = readYaml(text, fileName);
  if (root === null) return { problems: sorted(syntax) };
  const { value, problems: shape } = readShape(pipelineShape, root, fileName);
  const problems = [...syntax, ...shape, ...checkRules(value, root, fileName, known)];
  return problems.length === 0 ? { pipeline: toModel(value as PipelineShape) } : { problems: sorted(problems) };
}

/** As `loadPipeline`. @throws BadInput with one line per problem. */
export function loadPipelineOrThrow(text: string, fileName: string, known: Known): Pipeline {
  const loading = loadPipeline(text, fileName, known);
  if ('pipeline' in loading) return loading.pipeline;
  const { problems } = loading;
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  const lines = problems.map(formatProblem).join('\n');
  throw new BadInput(`${fileName} is not a sound pipeline, ${count}:\n${lines}`, { details: { problems } });
}

function checkRules(value: unknown, root: Located, file: string, known: Known): Problem[] {
  const draft = draftOf(value);
  return rules.flatMap(({ id, check }) =>
    check(draft, known).map(({ at, suggestion, ...finding }) => ({
      file,
      ...placeAt(root, at),
      rule: id,
      ...finding,
      ...(suggestion === undefined ? {} : { suggestion }),
    })),
  );
}

function sorted(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : 1));
}
