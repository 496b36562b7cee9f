// What an operator sets by context (`-c stage=prod`), checked, with defaults. Nothing else of the app reads context.

import { RemovalPolicy } from 'aws-cdk-lib';
import type { Node } from 'constructs';
import { BadInput } from '../core/errors.ts';

export interface Settings {
  /** Part of every physical name: kebab-case, 20 characters at most. @default 'dev' */
  readonly stage: string;
  /** Path of the pipeline file. @default 'pipelines/idea-to-release.yaml' */
  readonly pipeline: string;
  /** Path of a module with the project's own agents. @default - the built-in agents alone */
  readonly agents?: string;
  /** Whether a dossier's PDF and proof are made when its run is closed. */
  readonly publishing: boolean;
  /** Whether seals and proofs are signed; off where an endpoint has no such keys. */
  readonly signing: boolean;
  /** Whether the projects that measure are made; off where an endpoint has no CodeBuild. */
  readonly tools: boolean;
  /** ARN of the secret with the keys of model providers, a JSON object; absent where no provider needs one. */
  readonly modelKeys: string | undefined;
  /** What becomes of tables and bucket when the stack goes. */
  readonly removal: RemovalPolicy;
  /** Whether there are a dashboard and alarms. @default true */
  readonly observability: boolean;
  /** Whether the bus keeps what was published, to be replayed. @default true */
  readonly archive: boolean;
  /** Whether a key of the stage's own encrypts tables and artifacts. @default false - keys that AWS owns do */
  readonly customerKey: boolean;
  /** ARN of the SNS topic that is told of alarms. @default - alarms show on the dashboard alone */
  readonly alarmTopic?: string;
  /** Folder or address that alarms name their runbooks under. @default 'docs/runbook' */
  readonly runbooks: string;
  /** USD that ended tasks may have cost within an hour before it is an alarm. @default 40 */
  readonly spendUsdPerHour: number;
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
    publishing: onOff(node, 'publishing'),
    tools: onOff(node, 'tools'),
    modelKeys: modelKeysOf(node),
    pipeline: text(node, 'pipeline', 'pipelines/idea-to-release.yaml'),
    agents: node.tryGetContext('agents') === undefined ? undefined : text(node, 'agents', ''),
    observability: onOff(node, 'observability'),
    archive: onOff(node, 'archive'),
    customerKey: onOff(node, 'customerKey', 'off'),
    alarmTopic: topic(node),
    runbooks: text(node, 'runbooks', 'docs/runbook'),
    spendUsdPerHour: amount(node, 'spendUsdPerHour', '40'),
  };
}

function modelKeysOf(node: Node): string | undefined {
  if (node.tryGetContext('modelKeys') === undefined) return undefined;
  const arn = text(node, 'modelKeys', '');
  if (/^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+$/.test(arn)) return arn;
  throw new BadInput('context modelKeys: expected the ARN of a secret of Secrets Manager, never a key itself');
}

function topic(node: Node): string | undefined {
  if (node.tryGetContext('alarmTopic') === undefined) return undefined;
  const arn = text(node, 'alarmTopic', '');
  if (/^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+$/.test(arn)) return arn;
  throw new BadInput(`context alarmTopic: found ${JSON.stringify(arn)}, expected the ARN of an SNS topic`);
}

function amount(node: Node, key: string, fallback: string): number {
  const found = text(node, key, fallback);
  const value = Number(found);
  if (Number.isFinite(value) && value > 0) return value;
  throw new BadInput(`context ${key}: found ${JSON.stringify(found)}, expected an amount above 0`);
}

function onOff(node: Node, key: string, fallback: 'on' | 'off' = 'on'): boolean {
  const value = text(node, key, fallback);
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
