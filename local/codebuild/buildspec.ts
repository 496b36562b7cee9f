// Reads a buildspec: the commands of its phases in order, and which files are its artifacts. What is not offered is refused by name.
// https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html

import { parse } from 'yaml';
import { AwsError } from '../service.ts';

export interface Buildspec {
  /** In the order they run; the first that fails ends the build. */
  readonly commands: readonly string[];
  readonly artifacts: {
    readonly baseDirectory: string;
    /** Whether there are any. */
    readonly wanted: boolean;
  };
}

const PHASES = ['install', 'pre_build', 'build', 'post_build'];
const OFFERED = new Set(['version', 'phases', 'artifacts']);

/** @throws AwsError InvalidInputException naming the part that is wrong or not offered. */
export function readBuildspec(text: string): Buildspec {
  const spec = parse(text) as Record<string, unknown> | null;
  if (spec === null || typeof spec !== 'object') throw invalid('expected a mapping');
  const strange = Object.keys(spec).find((key) => !OFFERED.has(key));
  if (strange !== undefined) throw invalid(`${strange} is not offered here`);
  const phases = (spec.phases ?? {}) as Record<string, { commands?: readonly string[] } & Record<string, unknown>>;
  const unknown = Object.keys(phases).find((phase) => !PHASES.includes(phase));
  if (unknown !== undefined) throw invalid(`phase ${unknown} is not known`);
  const more = Object.entries(phases).find(([, phase]) => Object.keys(phase).some((key) => key !== 'commands'));
  if (more !== undefined) throw invalid(`phase ${more[0]}: only commands are offered here`);
  const artifacts = spec.artifacts as { 'base-directory'?: string; files?: readonly string[] } | undefined;
  if (artifacts?.files !== undefined && artifacts.files.join() !== '**/*') {
    throw invalid(`artifacts.files: only **/* is offered here, found ${artifacts.files.join(', ')}`);
  }
  return {
    commands: PHASES.flatMap((phase) => phases[phase]?.commands ?? []),
    artifacts: { baseDirectory: artifacts?.['base-directory'] ?? '.', wanted: artifacts?.files !== undefined },
  };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidInputException', `buildspec: ${message}`);
}
