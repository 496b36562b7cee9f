// The one reader of the process environment. A function names what it needs and fails at start when it is missing.

import { IdeaMineError } from '../core/errors.ts';

export type Variable =
  | 'TABLE_NAME'
  | 'LEDGER_TABLE_NAME'
  | 'BUCKET_NAME'
  | 'SEALED_BUCKET_NAME'
  | 'SIGNING_KEY_ARN'
  | 'TOOLS_PROJECT'
  | 'REGISTRY_PROJECT'
  | 'EVENT_BUS_NAME'
  | 'MODELS_QUEUE_URL'
  | 'TOOLS_QUEUE_URL'
  | 'SCHEDULE_GROUP'
  | 'SCHEDULER_ROLE_ARN'
  | 'SWEEP_FUNCTION_ARN'
  | 'TIMER_FUNCTION_ARN'
  | 'STRUCTURE_HASH'
  | 'PIPELINE_NAME'
  | 'WORKER_CLASS'
  | 'MODEL_KEYS_SECRET_ARN'
  | 'STAGE';

/** @throws IdeaMineError `IdeaMine.Misconfigured` naming every variable that is missing. */
export function readEnvironment<Name extends Variable>(...names: readonly Name[]): Readonly<Record<Name, string>> {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new IdeaMineError('IdeaMine.Misconfigured', `missing environment variables: ${missing.join(', ')}`);
  }
  return Object.fromEntries(names.map((name) => [name, process.env[name] ?? ''])) as Record<Name, string>;
}

/** @returns undefined when it is not set: the part it names was left out of the stack. */
export function optionalVariable(name: Variable): string | undefined {
  return process.env[name] || undefined;
}

/** What hosted models are reached with, by the names their own libraries use. */
const MODEL_SETTINGS: ReadonlySet<string> = new Set([
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_BASE_URL',
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'AWS_REGION',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_BEDROCK_RUNTIME',
]);

export const modelSetting = (name: string): string | undefined =>
  MODEL_SETTINGS.has(name) ? process.env[name] || undefined : undefined;
