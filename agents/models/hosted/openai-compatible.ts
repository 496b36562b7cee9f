// Any endpoint that speaks OpenAI's chat completions: Ollama, vLLM, a gateway. Its key is optional; local ones have none.

import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { ModelChoice } from '../../../core/pipeline/model.ts';
import type { ModelProvider } from '../provider.ts';
import { hostedProvider } from './hosted-provider.ts';
import { needed } from './needed.ts';
import type { HostedSettings } from './settings.ts';

export function openAiCompatibleProvider(choice: ModelChoice, settings: HostedSettings): ModelProvider {
  const api = createOpenAICompatible({
    name: 'openai-compatible',
    baseURL: needed(settings, 'OPENAI_BASE_URL', choice),
    apiKey: settings.setting('OPENAI_API_KEY'),
    includeUsage: true,
    supportsStructuredOutputs: true,
  });
  return hostedProvider(choice, api(choice.model), settings);
}
