// What each state machine's role may do: call its handlers, start and follow the machine nested in it, and what the
// integrations need beside: an EventBridge rule for `.sync:2`, child executions for a distributed Map.

import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { CalledHandler, NestedMachine } from '../statemachines/asl.ts';
import type { MachineName } from '../statemachines/machines.ts';
import { MAP_LABEL } from '../statemachines/round-machine.ts';
import type { Names } from './names.ts';
import type { Grant } from './roles.ts';

/** ARNs of what machines act on. */
export interface MachineThings {
  readonly names: Names;
  readonly functionArns: Readonly<Record<CalledHandler, string>>;
  readonly queueArns: readonly string[];
  readonly bucketArn: string;
}

/** Every machine logs all events; delivery to a log group is set up through actions that know no resource. */
export const LOG_DELIVERY: Grant = {
  actions: [
    'logs:CreateLogDelivery',
    'logs:GetLogDelivery',
    'logs:UpdateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:DescribeResourcePolicies',
    'logs:DescribeLogGroups',
  ],
  resources: ['*'],
  because: 'Log delivery of state machines has no resource to name',
};

/** What tracing asks for beside writing segments. */
export const SAMPLING: Grant = {
  actions: ['xray:GetSamplingRules', 'xray:GetSamplingTargets'],
  resources: ['*'],
  because: 'X-Ray has no resource to name for sampling',
};

export function machinePermissions(scope: Construct, name: MachineName, things: MachineThings): Grant[] {
  const { names } = things;
  const invoke = (...handlers: CalledHandler[]): Grant => ({
    actions: ['lambda:InvokeFunction'],
    resources: handlers.map((handler) => things.functionArns[handler]),
  });
  const all: Readonly<Record<MachineName, () => Grant[]>> = {
    run: () => [invoke('open', 'close'), ...nested(scope, names, 'phase')],
    phase: () => [invoke('phase'), ...nested(scope, names, 'attempt')],
    attempt: () => [invoke('gate'), ...nested(scope, names, 'round')],
    round: () => [
      invoke('plan', 'aggregate'),
      ...nested(scope, names, 'task'),
      ...distributedMap(scope, names),
      {
        actions: ['s3:GetObject'],
        resources: [`${things.bucketArn}/runs/*`],
        because: 'The list of a large wave is named by its run when it is planned',
      },
    ],
    task: () => [invoke('supervise'), { actions: ['sqs:SendMessage'], resources: things.queueArns }],
  };
  return all[name]();
}

function nested(scope: Construct, names: Names, machine: NestedMachine): Grant[] {
  return [
    { actions: ['states:StartExecution'], resources: [names.machineArn(machine)] },
    {
      actions: ['states:DescribeExecution', 'states:StopExecution'],
      resources: [names.executionsArn(machine)],
      because: 'Nested executions are named when they are started',
    },
    {
      actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
      resources: [
        Stack.of(scope).formatArn({
          service: 'events',
          resource: 'rule',
          resourceName: 'StepFunctionsGetEventsForStepFunctionsExecutionRule',
          arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
        }),
      ],
    },
  ];
}

/** The children of a distributed Map are executions of the machine itself, under the map's label. */
function distributedMap(scope: Construct, names: Names): Grant[] {
  const because = 'Child executions of a distributed Map are named by Step Functions';
  const children = Stack.of(scope).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${names.machine('round')}/${MAP_LABEL}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return [
    { actions: ['states:StartExecution'], resources: [names.machineArn('round')] },
    {
      actions: ['states:DescribeExecution', 'states:StopExecution'],
      resources: [names.executionsArn('round')],
      because,
    },
    { actions: ['states:RedriveExecution'], resources: [children], because },
  ];
}
