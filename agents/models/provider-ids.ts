// The names a pipeline may call a provider by. Apart from the providers themselves, which few functions need to load.

export const providerIds = ['offline', 'recorded', 'bedrock', 'anthropic', 'openai-compatible'] as const;
