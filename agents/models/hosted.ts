// The providers that need an HTTP API, by id. Large, so only a worker loads this, and only when a tier asks for it.

import type { ModelChoice } from '../../core/pipeline/model.ts';
import { anthropicProvider } from './hosted/anthropic.ts';
import { bedrockProvider } from './hosted/bedrock.ts';
import { openAiCompatibleProvider } from './hosted/openai-compatible.ts';
import type { HostedSettings } from './hosted/settings.ts';
import type { ModelProvider } from './provider.ts';

export type HostedMaker = (choice: ModelChoice, settings: HostedSettings) => ModelProvider;

export const hostedMakers: Readonly<Record<string, HostedMaker>> = {
  anthropic: anthropicProvider,
  bedrock: bedrockProvider,
  'openai-compatible': openAiCompatibleProvider,
};
