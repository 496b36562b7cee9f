// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgescheduler.html

import type { Permission, Permissions } from '../permissions.ts';
import { passRole } from './pass-role.ts';

export const schedulerPermissions: Permissions = (operation, input, { region, accountId }) => {
  const arn = (rest: string): string => `arn:aws:scheduler:${region}:${accountId}:${rest}`;
  const schedule: Permission = {
    action: `scheduler:${operation}`,
    resource: arn(`schedule/${input.GroupName ?? 'default'}/${input.Name}`),
  };
  switch (operation) {
    case 'CreateSchedule':
    case 'UpdateSchedule':
      return [schedule, passRole(input.Target.RoleArn, 'scheduler.amazonaws.com')];
    case 'DeleteSchedule':
    case 'GetSchedule':
      return [schedule];
    case 'CreateScheduleGroup':
    case 'DeleteScheduleGroup':
    case 'GetScheduleGroup':
      return [{ action: `scheduler:${operation}`, resource: arn(`schedule-group/${input.Name}`) }];
    case 'ListSchedules':
    case 'ListScheduleGroups':
      return [{ action: `scheduler:${operation}`, resource: '*' }];
    default:
      return undefined;
  }
};
