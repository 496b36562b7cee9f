// What workers may ask of Bedrock: the models the deployed pipeline's tiers name, and no others. A pushed pipeline that
// names another one is refused by AWS until the stack is deployed with it.

import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Pipeline } from '../core/pipeline/model.ts';

/** Inference profiles are a model's id behind the part of the world they may send a call to. */
const PROFILE = /^(?:us|eu|apac|jp|au|ca|us-gov|global)\.(.+)$/;

/** @returns ARNs, some with a `*` for the region. */
export function bedrockArns(scope: Construct, models: Pipeline['models']): string[] {
  const stack = Stack.of(scope);
  const model = (resourceName: string, region: string) =>
    stack.formatArn({ service: 'bedrock', resource: 'foundation-model', resourceName, region, account: '' });
  const arns = Object.values(models)
    .filter(({ provider }) => provider === 'bedrock')
    .flatMap((choice) => {
      const inProfile = PROFILE.exec(choice.model)?.[1];
      if (inProfile === undefined) return [model(choice.model, stack.region)];
      const profile = stack.formatArn({
        service: 'bedrock',
        resource: 'inference-profile',
        resourceName: choice.model,
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      });
      return [profile, model(inProfile, '*')];
    });
  return [...new Set(arns)];
}
