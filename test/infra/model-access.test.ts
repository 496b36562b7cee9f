// What the workers' roles may ask of models: what the deployed pipeline names, and nothing when it names none.

import { describe, expect, it } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { bedrockArns } from '../../infra/model-access.ts';
import { readSettings } from '../../infra/settings.ts';

const stack = () => new Stack(new App(), 'S', { env: { account: '111122223333', region: 'eu-west-1' } });

describe('bedrock', () => {
  it('is asked for the models of its tiers alone', () => {
    const models = {
      fast: { provider: 'bedrock', model: 'amazon.nova-lite-v1:0' },
      strong: { provider: 'bedrock', model: 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0' },
      local: { provider: 'openai-compatible', model: 'llama3.2' },
    };
    const at = stack();
    expect(at.resolve(bedrockArns(at, models)).map((arn: unknown) => JSON.stringify(arn))).toEqual([
      expect.stringContaining(':bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0'),
      expect.stringContaining(
        ':bedrock:eu-west-1:111122223333:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
      ),
      expect.stringContaining(':bedrock:*::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0'),
    ]);
  });

  it('is not granted at all where no tier names it', () => {
    expect(bedrockArns(stack(), { standard: { provider: 'offline', model: 'extractive' } })).toEqual([]);
  });
});

describe('context modelKeys', () => {
  const read = (modelKeys: unknown) => readSettings(new App({ context: { modelKeys } }).node).modelKeys;

  it('is the ARN of a secret', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:models-a1b2c3';
    expect(read(arn)).toBe(arn);
  });

  it('refuses a key without repeating it', () => {
    let said = '';
    try {
      read('sk-ant-0123456789');
    } catch (error) {
      said = String(error);
    }
    expect(said).toContain('context modelKeys: expected the ARN of a secret');
    expect(said).not.toContain('0123456789');
  });
});
