// What workers on this machine are told of hosted models: keys and addresses from the command's own environment. They are
// handed over in memory, to the workers alone; no template, file or row holds them.

import type { Pipeline } from '../core/pipeline/model.ts';
import { UsageError } from './exit.ts';
import { output } from './stage.ts';

/** What each provider cannot do without. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  anthropic: ['ANTHROPIC_API_KEY'],
  bedrock: ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  'openai-compatible': ['OPENAI_BASE_URL'],
};

const OPTIONAL = ['ANTHROPIC_BASE_URL', 'OPENAI_API_KEY', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME'];

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws UsageError naming every variable that a tier's provider needs and that is not set. */
export function checkModelKeys({ models }: Pipeline, environment: Environment): void {
  for (const [tier, { provider }] of Object.entries(models)) {
    const missing = (NEEDED[provider] ?? []).filter((name) => !environment[name]);
    if (missing.length === 0) continue;
    throw new UsageError(
      `tier ${tier} asks ${provider}: expected ${missing.join(' and ')} in the environment; or run with --offline, which needs no model`,
    );
  }
}

/** Variables by function name. */
export function modelVariables(
  outputs: Readonly<Record<string, string>>,
  environment: Environment,
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const names = [...Object.values(NEEDED).flat(), ...OPTIONAL];
  const told = Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
  return Object.fromEntries(
    ['WorkerModelsFunctionName', 'WorkerToolsFunctionName'].map((name) => [output(outputs, name), told]),
  );
}
