// What an operator sets by context (`-c stage=prod`), checked, with defaults. Nothing else of the app reads context.

import { RemovalPolicy } from 'aws-cdk-lib';
import type { Node } from 'constructs';
import { BadInput } from '../core/errors.ts';

export interface Settings {
  /** Part of every physical name: kebab-case, 20 characters at most. */
  readonly stage: string;
  /** Path of the pipeline file. */
  readonly pipeline: string;
  /** Whether seals and proofs are signed; off where an endpoint has no such keys. */
  readonly signing: boolean;
  /** Whether the projects that measure are made; off where an endpoint has no CodeBuild. */
  readonly tools: boolean;
  /** What becomes of tables and bucket when the stack goes. */
  readonly removal: RemovalPolicy;
}

const STAGE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const REMOVALS: Readonly<Record<string, RemovalPolicy>> = {
  retain: RemovalPolicy.RETAIN,
  destroy: RemovalPolicy.DESTROY,
};

/** @throws BadInput naming the context key, what was found and what was expected. */
export function readSettings(node: Node): Settings {
  const stage = text(node, 'stage', 'dev');
  if (!STAGE.test(stage) || stage.length > 20) {
    throw new BadInput(`context stage: found ${JSON.stringify(stage)}, expected kebab-case of 20 characters at most`);
  }
  const removal = text(node, 'removal', 'retain');
  const policy = REMOVALS[removal];
  if (policy === undefined) {
    throw new BadInput(`context removal: found ${JSON.stringify(removal)}, expected retain or destroy`);
  }
  return {
    stage,
    removal: policy,
    signing: onOff(node, 'signing'),
    tools: onOff(node, 'tools'),
    pipeline: text(node, 'pipeline', 'pipelines/idea-to-release.yaml'),
  };
}

function onOff(node: Node, key: string): boolean {
  const value = text(node, key, 'on');
  if (value === 'on' || value === 'off') return value === 'on';
  throw new BadInput(`context ${key}: found ${JSON.stringify(value)}, expected on or off`);
}

function text(node: Node, key: string, fallback: string): string {
  const value: unknown = node.tryGetContext(key) ?? fallback;
  if (typeof value !== 'string' || value === '') {
    throw new BadInput(`context ${key}: found ${JSON.stringify(value)}, expected a text`);
  }
  return value;
}
