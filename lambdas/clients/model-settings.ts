// Keys and addresses of the hosted models: from the function's environment, and where the stack names a secret, from the
// secret, a JSON object of the same names. Kept five minutes, so that a rotated key is taken up; never logged.

import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { IdeaMineError } from '../../core/errors.ts';
import { throttlingOnly } from './throttling-only.ts';

type Setting = (name: string) => string | undefined;

const KEPT_MS = 300_000;

export function modelSettings(environment: Setting, secretArn: string | undefined, now: () => number) {
  const client = secretArn === undefined ? undefined : new SecretsManagerClient({ retryStrategy: throttlingOnly });
  let kept: { readonly values: Readonly<Record<string, unknown>>; readonly until: number } | undefined;
  return async (): Promise<Setting> => {
    if (client !== undefined && (kept === undefined || kept.until <= now())) {
      const { SecretString: text = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
      kept = { values: objectIn(text), until: now() + KEPT_MS };
    }
    const values = kept?.values ?? {};
    return (name) => (typeof values[name] === 'string' ? values[name] : environment(name));
  };
}

/** @throws IdeaMineError `IdeaMine.Misconfigured`, without a word of the secret itself. */
function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below: a parser's message quotes what it read.
  }
  throw new IdeaMineError('IdeaMine.Misconfigured', 'the secret of the model keys is not a JSON object of texts');
}
