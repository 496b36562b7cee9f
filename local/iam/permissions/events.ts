// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html

import type { Permissions, Place } from '../permissions.ts';
import { passRole } from './pass-role.ts';

const ON_RULE = new Set([
  'DeleteRule',
  'DescribeRule',
  'DisableRule',
  'EnableRule',
  'ListTargetsByRule',
  'RemoveTargets',
]);
const ON_BUS = new Set(['CreateEventBus', 'DeleteEventBus', 'DescribeEventBus']);
const ON_NOTHING = new Set(['ListRules', 'ListEventBuses', 'TestEventPattern']);

type Entry = { readonly EventBusName?: string; readonly Source?: string; readonly DetailType?: string };

export const eventsPermissions: Permissions = (operation, input, place) => {
  if (operation === 'PutEvents')
    return (input.Entries ?? []).map((entry: Entry) => ({
      action: 'events:PutEvents',
      resource: busArn(entry.EventBusName, place),
      context: (key: string) =>
        key === 'events:source' ? entry.Source : key === 'events:detail-type' ? entry.DetailType : undefined,
    }));
  if (ON_NOTHING.has(operation)) return [{ action: `events:${operation}`, resource: '*' }];
  if (ON_BUS.has(operation)) return [{ action: `events:${operation}`, resource: busArn(input.Name, place) }];
  if (ON_RULE.has(operation))
    return [{ action: `events:${operation}`, resource: ruleArn(input.Rule ?? input.Name, input, place) }];
  if (operation === 'PutRule') return [{ action: 'events:PutRule', resource: ruleArn(input.Name, input, place) }];
  if (operation !== 'PutTargets') return undefined;
  const roles = (input.Targets ?? []).map((target: { RoleArn?: string }) => target.RoleArn).filter(Boolean) as string[];
  return [
    { action: 'events:PutTargets', resource: ruleArn(input.Rule, input, place) },
    ...[...new Set(roles)].map((role) => passRole(role, 'events.amazonaws.com')),
  ];
};

function busArn(name: string | undefined, { region, accountId }: Place): string {
  if (name?.startsWith('arn:') === true) return name;
  return `arn:aws:events:${region}:${accountId}:event-bus/${name ?? 'default'}`;
}

function ruleArn(name: string, { EventBusName }: Entry, { region, accountId }: Place): string {
  const bus =
    EventBusName === undefined || EventBusName === 'default' ? '' : `${EventBusName.replace(/^.*event-bus\//, '')}/`;
  return `arn:aws:events:${region}:${accountId}:rule/${bus}${name}`;
}
