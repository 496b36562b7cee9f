// The provider of a tier: offline ones at hand, recorded ones from their cassette, hosted ones loaded when first asked for.

import type { HostedSettings } from '../../agents/models/hosted/settings.ts';
import type { HostedMaker } from '../../agents/models/hosted.ts';
import type { Prompts } from '../../agents/models/prompt.ts';
import type { ModelProvider, ModelRequest, ModelResponse } from '../../agents/models/provider.ts';
import { providerMakers } from '../../agents/models/providers.ts';
import { readCassette, recordedProvider, recordingOf, requestKey } from '../../agents/models/recorded.ts';
import { IdeaMineError } from '../../core/errors.ts';
import { canonicalJson, type Json } from '../../core/json.ts';
import type { ModelChoice } from '../../core/pipeline/model.ts';
import { objects } from '../../store/keys.ts';
import { type Bucket, getText, putText } from '../../store/objects.ts';

export type FindProvider = (choice: ModelChoice) => Promise<ModelProvider | undefined>;

export interface ProviderParts {
  readonly bucket: Bucket;
  readonly hosted: () => Readonly<Record<string, HostedMaker>>;
  readonly prompts: () => Promise<Prompts>;
  /** Settings of hosted providers, such as keys, read anew now and then. */
  readonly settings: () => Promise<HostedSettings['setting']>;
  readonly now: () => number;
}

/** Longest silence of a model before its call is given up, ms: some think before they speak. */
const SILENCE_MS = 120_000;

export function providerFinder(parts: ProviderParts): FindProvider {
  const atHand = new Map(Object.entries(providerMakers).map(([id, make]) => [id, make()]));
  return async (choice) => {
    const known = atHand.get(choice.provider);
    if (known !== undefined) return known;
    if (choice.provider === 'recorded') return recordedProvider(await cassetteOf(parts.bucket, choice.model));
    const make = parts.hosted()[choice.provider];
    if (make === undefined) return undefined;
    return make(choice, {
      prompts: await parts.prompts(),
      setting: await parts.settings(),
      now: parts.now,
      silenceMs: SILENCE_MS,
    });
  };
}

async function cassetteOf(bucket: Bucket, sha256: string) {
  const text = await getText(bucket, objects.cassette(sha256));
  if (text !== undefined) return readCassette(text, `cassette ${sha256}`);
  throw new IdeaMineError('IdeaMine.Misconfigured', `there is no cassette ${sha256}: push the run with --recorded`);
}

/** Keeps what a hosted model answered with the run, so that a cassette can be made of it; a re-asked request is rewritten. */
export function keepAnswers(bucket: Bucket, runId: string, provider: ModelProvider) {
  if (provider.id === 'offline' || provider.id === 'recorded') return undefined;
  return async (request: ModelRequest, response: ModelResponse): Promise<void> => {
    const text = canonicalJson(recordingOf(request, response) as unknown as Json);
    await putText(bucket, objects.answer(runId, requestKey(request)), text, 'application/json');
  };
}
