// Reads a synthesized CDK assembly (cdk.out) into plain values: every resource of one stack with its intrinsics resolved
// as they would be after deployment to the given account and region. Creates nothing and knows no service.

import { assetPaths, findStack } from './assembly/manifest.ts';
import { physicalState } from './assembly/state-machine.ts';
import { type Environment, type Properties, TemplateResolver } from './assembly/template.ts';

export interface AssemblyResource {
  readonly logicalId: string;
  /** CloudFormation type, such as AWS::SQS::Queue. */
  readonly type: string;
  /** What `Ref` gives: a name, an URL or an ARN, by type. */
  readonly ref: string;
  readonly arn?: string;
  /** Properties as in the template, with intrinsics resolved. A state machine's DefinitionString is always the final text. */
  readonly properties: Properties;
}

export interface Assembly {
  readonly stackName: string;
  readonly accountId: string;
  readonly region: string;
  readonly resources: ReadonlyMap<string, AssemblyResource>;
  readonly outputs: Readonly<Record<string, string>>;
  /** Directory or file of a function's or layer's code. @throws Error naming a resource without a code asset. */
  codePath(logicalId: string): string;
}

export interface AssemblyOptions {
  readonly accountId: string;
  readonly region: string;
  /** Template parameters by name; those left out take their default. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * @param dir the assembly's directory (cdk.out)
 * @param stackName needed when the assembly holds more than one stack
 * @throws Error naming the file, the resource and what could not be resolved
 */
export function readAssembly(dir: string, stackName: string | undefined, options: AssemblyOptions): Assembly {
  const stack = findStack(dir, stackName);
  const environment: Environment = { ...options, stackName: stack.name };
  const resolver = new TemplateResolver(stack.template, environment);
  const assets = assetPaths(stack);
  const resources = new Map<string, AssemblyResource>();
  for (const [logicalId, type] of resolver.present()) {
    const identity = resolver.identity(logicalId);
    let properties = resolver.properties(logicalId);
    if (type === 'AWS::StepFunctions::StateMachine') properties = physicalState(logicalId, properties, assets);
    resources.set(logicalId, { logicalId, type, ref: identity.ref, arn: identity.arn, properties });
  }
  return {
    stackName: stack.name,
    accountId: options.accountId,
    region: options.region,
    resources,
    outputs: resolver.outputs(),
    codePath: (logicalId) => codePath(resources, assets, logicalId),
  };
}

function codePath(
  resources: ReadonlyMap<string, AssemblyResource>,
  assets: ReadonlyMap<string, string>,
  logicalId: string,
): string {
  const resource = resources.get(logicalId);
  if (resource === undefined) throw new Error(`no resource ${logicalId} in the assembly`);
  const { Code, Content } = resource.properties as { Code?: Properties; Content?: Properties };
  const key = (Code ?? Content)?.S3Key;
  if (typeof key !== 'string')
    throw new Error(`${logicalId} (${resource.type}) has no code asset: expected Code.S3Key`);
  const path = assets.get(key);
  if (path === undefined) throw new Error(`${logicalId} (${resource.type}): no asset with key ${key} in the manifest`);
  return path;
}
