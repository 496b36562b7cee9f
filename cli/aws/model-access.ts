// Whether the models a pipeline names can be asked: those of Bedrock by the account, those behind an API by their key.

import { BedrockClient, GetFoundationModelAvailabilityCommand } from '@aws-sdk/client-bedrock';
import type { ModelChoice, Pipeline } from '../../core/pipeline/model.ts';
import { UsageError } from '../exit.ts';
import type { Connection } from './connection.ts';
import { plainly } from './failures.ts';

/** The setting without which a provider cannot be asked. */
const KEYS: Readonly<Record<string, string>> = { anthropic: 'ANTHROPIC_API_KEY' };

/** Each model once, whatever tiers name it. */
export function modelsOf({ models }: Pipeline): ModelChoice[] {
  return [...new Map(Object.values(models).map((choice) => [`${choice.provider} ${choice.model}`, choice])).values()];
}

/** @returns what gives access. @throws UsageError when there is none. */
export async function modelAccess(
  { provider, model }: ModelChoice,
  connection: Connection | undefined,
  setting: (name: string) => string | undefined,
): Promise<string> {
  const key = KEYS[provider];
  if (key !== undefined && !setting(key)) throw new UsageError(`${provider} ${model}: ${key} is not set`);
  if (key !== undefined) return `${provider} ${model}: ${key} is set`;
  if (provider !== 'bedrock') return `${provider} ${model}: needs no key`;
  if (connection === undefined) throw new UsageError(`bedrock ${model}: cannot be asked without a region`);
  const client = new BedrockClient(connection.client);
  // A name such as `eu.anthropic.claude-...` is a profile that routes to the model behind its first part.
  const modelId = model.replace(/^(us|eu|apac|global|jp|au)\./, '');
  const found = await plainly(connection, async () => {
    try {
      return await client.send(new GetFoundationModelAvailabilityCommand({ modelId }));
    } catch (thrown) {
      if ((thrown as Error).name !== 'ValidationException' && (thrown as Error).name !== 'ResourceNotFoundException')
        throw thrown;
      throw new UsageError(`bedrock ${model}: ${connection.region} has no model of that name`);
    }
  });
  if (found.regionAvailability !== 'AVAILABLE') {
    throw new UsageError(`bedrock ${model}: not offered in ${connection.region}; choose another region or model`);
  }
  if (found.authorizationStatus !== 'AUTHORIZED' || found.entitlementAvailability !== 'AVAILABLE') {
    throw new UsageError(`bedrock ${model}: this account has no access to it; ask for it in the Bedrock console`);
  }
  return `bedrock ${model}: this account may ask it`;
}
