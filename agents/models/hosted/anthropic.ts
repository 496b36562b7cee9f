// Anthropic's API, by key.

import { createAnthropic } from '@ai-sdk/anthropic';
import type { ModelChoice } from '../../../core/pipeline/model.ts';
import type { ModelProvider } from '../provider.ts';
import { hostedProvider } from './hosted-provider.ts';
import { needed } from './needed.ts';
import type { HostedSettings } from './settings.ts';

export function anthropicProvider(choice: ModelChoice, settings: HostedSettings): ModelProvider {
  const api = createAnthropic({
    apiKey: needed(settings, 'ANTHROPIC_API_KEY', choice),
    baseURL: settings.setting('ANTHROPIC_BASE_URL') ?? 'https://api.anthropic.com/v1',
  });
  return hostedProvider(choice, api(choice.model), settings);
}
