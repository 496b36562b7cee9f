// Amazon Bedrock, by the role of the function: no key is kept anywhere.

import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock';
import type { ModelChoice } from '../../../core/pipeline/model.ts';
import type { ModelProvider } from '../provider.ts';
import { hostedProvider } from './hosted-provider.ts';
import { needed } from './needed.ts';
import type { HostedSettings } from './settings.ts';

export function bedrockProvider(choice: ModelChoice, settings: HostedSettings): ModelProvider {
  const { setting } = settings;
  const endpoint = setting('AWS_ENDPOINT_URL_BEDROCK_RUNTIME') ?? setting('AWS_ENDPOINT_URL');
  // Asked for at each call, since the credentials of a role change while a function lives; and now, to say at once what is missing.
  const credentials = () => ({
    accessKeyId: needed(settings, 'AWS_ACCESS_KEY_ID', choice),
    secretAccessKey: needed(settings, 'AWS_SECRET_ACCESS_KEY', choice),
    sessionToken: setting('AWS_SESSION_TOKEN'),
  });
  credentials();
  const api = createAmazonBedrock({
    region: needed(settings, 'AWS_REGION', choice),
    credentialProvider: async () => credentials(),
    ...(endpoint === undefined ? {} : { baseURL: endpoint }),
  });
  return hostedProvider(choice, api(choice.model), settings);
}
