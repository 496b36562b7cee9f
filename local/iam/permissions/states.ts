// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html

import type { Permission, Permissions } from '../permissions.ts';
import { passRole } from './pass-role.ts';

/** Operations by the member of their input that names the resource. */
const RESOURCE_MEMBER: Readonly<Record<string, string>> = {
  DeleteActivity: 'activityArn',
  DeleteStateMachine: 'stateMachineArn',
  DescribeActivity: 'activityArn',
  DescribeExecution: 'executionArn',
  DescribeMapRun: 'mapRunArn',
  DescribeStateMachine: 'stateMachineArn',
  DescribeStateMachineForExecution: 'executionArn',
  GetActivityTask: 'activityArn',
  GetExecutionHistory: 'executionArn',
  ListMapRuns: 'executionArn',
  RedriveExecution: 'executionArn',
  StartExecution: 'stateMachineArn',
  StartSyncExecution: 'stateMachineArn',
  StopExecution: 'executionArn',
  UpdateMapRun: 'mapRunArn',
};
const ON_TOKEN = new Set(['SendTaskSuccess', 'SendTaskFailure', 'SendTaskHeartbeat']);
const ON_NOTHING = new Set(['ListActivities', 'ListStateMachines', 'ValidateStateMachineDefinition']);

export const statesPermissions: Permissions = (operation, input, place) => {
  const member = RESOURCE_MEMBER[operation];
  if (member !== undefined) return [{ action: `states:${operation}`, resource: String(input[member]) }];
  if (ON_TOKEN.has(operation))
    return [{ action: `states:${operation}`, resource: place.machineOfToken?.(input.taskToken) }];
  if (ON_NOTHING.has(operation)) return [{ action: `states:${operation}`, resource: '*' }];
  const machine = `arn:aws:states:${place.region}:${place.accountId}:stateMachine:${input.name}`;
  switch (operation) {
    case 'ListExecutions':
      return [{ action: 'states:ListExecutions', resource: String(input.stateMachineArn ?? input.mapRunArn) }];
    case 'CreateActivity':
      return [{ action: 'states:CreateActivity', resource: machine.replace(':stateMachine:', ':activity:') }];
    case 'CreateStateMachine':
      return withRole({ action: 'states:CreateStateMachine', resource: machine }, input.roleArn);
    case 'UpdateStateMachine':
      return withRole({ action: 'states:UpdateStateMachine', resource: input.stateMachineArn }, input.roleArn);
    case 'TestState':
      return withRole({ action: 'states:TestState', resource: '*' }, input.roleArn);
    default:
      return undefined;
  }
};

function withRole(permission: Permission, roleArn: string | undefined): Permission[] {
  return roleArn === undefined ? [permission] : [permission, passRole(roleArn, 'states.amazonaws.com')];
}
