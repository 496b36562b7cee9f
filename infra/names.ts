// Physical names by stage, so that several stages share an account, and the ARNs they give. Roles' policies use these ARNs
// where a reference would close a circle (the run machine calls functions that may act on the run machine).

import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { MachineName } from '../statemachines/machines.ts';

export type FunctionName =
  | 'open'
  | 'phase'
  | 'plan'
  | 'worker-models'
  | 'worker-tools'
  | 'aggregate'
  | 'gate'
  | 'supervise'
  | 'sweep'
  | 'dlq'
  | 'timer'
  | 'ledger'
  | 'seal'
  | 'publish'
  | 'metrics'
  | 'close';

export interface Names {
  readonly prefix: string;
  machine(name: MachineName): string;
  function(name: FunctionName): string;
  machineArn(name: MachineName): string;
  /** ARN of every execution of a machine. */
  executionsArn(name: MachineName): string;
  functionArn(name: FunctionName): string;
  projectArn(name: 'tools' | 'registry'): string;
  /** ARN of every schedule in the stage's group. */
  schedulesArn(): string;
}

export function namesFor(scope: Construct, stage: string): Names {
  const stack = Stack.of(scope);
  const prefix = `ideamine-${stage}`;
  const machine = (name: MachineName) => `${prefix}-${name}`;
  const ofStates = (resource: string, resourceName: string) =>
    stack.formatArn({ service: 'states', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return {
    prefix,
    machine,
    function: (name) => `${prefix}-${name}`,
    machineArn: (name) => ofStates('stateMachine', machine(name)),
    executionsArn: (name) => ofStates('execution', `${machine(name)}:*`),
    functionArn: (name) =>
      stack.formatArn({
        service: 'lambda',
        resource: 'function',
        resourceName: `${prefix}-${name}`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    projectArn: (name) =>
      stack.formatArn({ service: 'codebuild', resource: 'project', resourceName: `${prefix}-${name}` }),
    schedulesArn: () => stack.formatArn({ service: 'scheduler', resource: 'schedule', resourceName: `${prefix}/*` }),
  };
}
