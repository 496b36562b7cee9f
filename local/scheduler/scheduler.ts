// The EventBridge Scheduler service: one-time and recurring schedules that call a target in the name of their role. A schedule that came
// due while no process ran fires once as soon as one does.

import { Deliveries } from '../delivery/deliveries.ts';
import { parseExpression } from '../delivery/expression.ts';
import { checkTarget } from '../delivery/targets.ts';
import { isTimeZone } from '../delivery/time-zone.ts';
import { AwsError, type Fabric, type Operation, type Service, type Timer } from '../service.ts';
import { type Schedule, Schedules, type ScheduleTarget } from './schedules.ts';

interface ScheduleInput {
  readonly Name?: string;
  readonly GroupName?: string;
  readonly ScheduleExpression?: string;
  readonly ScheduleExpressionTimezone?: string;
  readonly FlexibleTimeWindow?: { readonly Mode?: string };
  readonly Target?: ScheduleTarget;
  readonly State?: string;
  readonly ActionAfterCompletion?: string;
  readonly StartDate?: Date | number | string;
  readonly EndDate?: Date | number | string;
  readonly Description?: string;
  readonly ClientToken?: string;
}

const NAME = /^[0-9a-zA-Z-_.]{1,64}$/;
const DEFAULT_RETRIES = 185;
const DEFAULT_AGE_SECONDS = 86_400;
const ATTEMPT = '<aws.scheduler.attempt-number>';

export function createScheduler(fabric: Fabric): Service {
  const schedules = new Schedules(fabric.db);
  const deliveries = new Deliveries(fabric, 'scheduler');
  const timers = new Map<string, Timer>();
  const now = () => fabric.clock.now();
  const place = `arn:aws:scheduler:${fabric.region}:${fabric.accountId}`;

  const disarm = (schedule: Schedule): void => {
    timers.get(schedule.arn)?.cancel();
    timers.delete(schedule.arn);
  };
  const arm = (schedule: Schedule): void => {
    disarm(schedule);
    if (!schedule.enabled || schedule.nextAt === undefined) return;
    timers.set(
      schedule.arn,
      fabric.timers.set(schedule.nextAt, () => fire(schedule.group, schedule.name)),
    );
  };
  const nextAfter = (schedule: Schedule, after: number): number | undefined => {
    const from = schedule.startsAt ?? schedule.createdAt;
    const next = parseExpression(schedule.expression, schedule.timeZone).next(Math.max(after, from - 1), from);
    return next === undefined || (schedule.endsAt !== undefined && next > schedule.endsAt) ? undefined : next;
  };
  const fire = (group: string, name: string): void => {
    const schedule = schedules.get(group, name);
    if (!schedule?.enabled || schedule.nextAt === undefined || schedule.nextAt > now()) return;
    send(schedule, schedule.nextAt);
    // From now on, not from the time it was due: what was missed while nobody ran is not made up for.
    const { nextAt: _, ...rest } = schedule;
    const nextAt = nextAfter(schedule, now());
    if (nextAt === undefined && schedule.deleteWhenDone) {
      schedules.drop(schedule);
      disarm(schedule);
      return;
    }
    const moved = { ...rest, ...(nextAt === undefined ? {} : { nextAt }) };
    schedules.put(moved);
    arm(moved);
  };
  const send = (schedule: Schedule, scheduledAt: number): void => {
    const { target } = schedule;
    const executionId = fabric.random.uuid();
    const input = (target.Input ?? '{}')
      .replaceAll('<aws.scheduler.schedule-arn>', schedule.arn)
      .replaceAll('<aws.scheduler.scheduled-time>', new Date(scheduledAt).toISOString().replace(/\.\d{3}Z$/, 'Z'))
      .replaceAll('<aws.scheduler.execution-id>', executionId);
    const { MaximumRetryAttempts = DEFAULT_RETRIES, MaximumEventAgeInSeconds = DEFAULT_AGE_SECONDS } =
      target.RetryPolicy ?? {};
    const deadLetterArn = target.DeadLetterConfig?.Arn;
    deliveries.accept({
      targetArn: target.Arn,
      role: target.RoleArn,
      input,
      attemptPlaceholder: ATTEMPT,
      deliveryId: executionId,
      maximumRetries: MaximumRetryAttempts,
      maximumAgeMs: MaximumEventAgeInSeconds * 1000,
      ...(deadLetterArn === undefined ? {} : { deadLetterArn }),
      origin: {
        SCHEDULE_ARN: schedule.arn,
        SCHEDULED_TIME: new Date(scheduledAt).toISOString(),
        EXECUTION_ID: executionId,
      },
    });
  };

  const build = (input: ScheduleInput, old?: Schedule): Schedule => {
    const {
      Name,
      ScheduleExpression,
      Target,
      FlexibleTimeWindow,
      ScheduleExpressionTimezone: timeZone = 'UTC',
    } = input;
    if (typeof Name !== 'string' || !NAME.test(Name))
      throw invalid(`Name: expected 1 to 64 of 0-9 a-z A-Z - _ ., found '${String(Name)}'`);
    if (ScheduleExpression === undefined) throw invalid('ScheduleExpression is required');
    if (FlexibleTimeWindow?.Mode !== 'OFF')
      throw invalid(`FlexibleTimeWindow.Mode: only OFF is offered here, found ${FlexibleTimeWindow?.Mode}`);
    if (!Target?.Arn || !Target.RoleArn) throw invalid('Target.Arn and Target.RoleArn are required');
    if (!isTimeZone(timeZone)) throw invalid(`ScheduleExpressionTimezone: '${timeZone}' is no time zone`);
    const group = schedules.group(input.GroupName ?? 'default');
    const { once } = parseExpression(ScheduleExpression, timeZone);
    checkTarget(fabric, Target.Arn);
    const startsAt = once ? undefined : instantOf(input.StartDate);
    const endsAt = once ? undefined : instantOf(input.EndDate);
    const schedule: Schedule = {
      group,
      name: Name,
      arn: `${place}:schedule/${group}/${Name}`,
      expression: ScheduleExpression,
      timeZone,
      target: Target,
      enabled: (input.State ?? 'ENABLED') === 'ENABLED',
      deleteWhenDone: input.ActionAfterCompletion === 'DELETE',
      ...(startsAt === undefined ? {} : { startsAt }),
      ...(endsAt === undefined ? {} : { endsAt }),
      ...(input.Description === undefined ? {} : { description: input.Description }),
      createdAt: old?.createdAt ?? now(),
      modifiedAt: now(),
      ...(input.ClientToken === undefined ? {} : { clientToken: input.ClientToken }),
    };
    // A one-time schedule in the past fires at once, as on AWS within the first minute.
    const nextAt = once
      ? parseExpression(ScheduleExpression, timeZone).next(Number.NEGATIVE_INFINITY, 0)
      : nextAfter(schedule, now());
    return { ...schedule, ...(nextAt === undefined ? {} : { nextAt }) };
  };
  const keep = (schedule: Schedule): object => {
    schedules.put(schedule);
    arm(schedule);
    return { ScheduleArn: schedule.arn };
  };

  const operations: Record<string, Operation> = {
    CreateSchedule: (input: ScheduleInput) => {
      const schedule = build(input);
      const old = schedules.get(schedule.group, schedule.name);
      if (old && input.ClientToken !== undefined && old.clientToken === input.ClientToken)
        return { ScheduleArn: old.arn };
      if (old) throw new AwsError('ConflictException', `Schedule ${schedule.name} already exists.`, 409);
      return keep(schedule);
    },
    UpdateSchedule: (input: ScheduleInput) => {
      const old = schedules.find(schedules.group(input.GroupName ?? 'default'), input.Name);
      return keep(build(input, old));
    },
    GetSchedule: (input: ScheduleInput) =>
      describe(schedules.find(schedules.group(input.GroupName ?? 'default'), input.Name)),
    DeleteSchedule: (input: ScheduleInput) => {
      const schedule = schedules.find(schedules.group(input.GroupName ?? 'default'), input.Name);
      schedules.drop(schedule);
      disarm(schedule);
      return {};
    },
    ListSchedules: (input: { GroupName?: string; NamePrefix?: string; State?: string }) => {
      const wanted = schedules
        .list()
        .filter(
          (schedule) =>
            (input.GroupName === undefined || schedule.group === input.GroupName) &&
            schedule.name.startsWith(input.NamePrefix ?? '') &&
            (input.State === undefined || (input.State === 'ENABLED') === schedule.enabled),
        );
      return { Schedules: wanted.map(summarize) };
    },
    CreateScheduleGroup: (input: { Name?: string }) => {
      if (!NAME.test(String(input.Name))) throw invalid(`Name: found '${String(input.Name)}'`);
      schedules.addGroup(String(input.Name), now());
      return { ScheduleGroupArn: `${place}:schedule-group/${input.Name}` };
    },
    GetScheduleGroup: (input: { Name?: string }) => {
      const name = schedules.group(String(input.Name));
      return { Name: name, Arn: `${place}:schedule-group/${name}`, State: 'ACTIVE' };
    },
    ListScheduleGroups: () => ({
      ScheduleGroups: schedules.groups().map(({ name, createdAt }) => ({
        Name: name,
        Arn: `${place}:schedule-group/${name}`,
        State: 'ACTIVE',
        CreationDate: new Date(createdAt),
      })),
    }),
    DeleteScheduleGroup: (input: { Name?: string }) => {
      for (const schedule of schedules.dropGroup(String(input.Name))) disarm(schedule);
      return {};
    },
  };
  return {
    name: 'Scheduler',
    operations,
    boot: () => {
      deliveries.boot();
      for (const schedule of schedules.armed()) arm(schedule);
    },
  };
}

function summarize(schedule: Schedule): object {
  return {
    Arn: schedule.arn,
    Name: schedule.name,
    GroupName: schedule.group,
    State: schedule.enabled ? 'ENABLED' : 'DISABLED',
    CreationDate: new Date(schedule.createdAt),
    LastModificationDate: new Date(schedule.modifiedAt),
    Target: { Arn: schedule.target.Arn },
  };
}

function describe(schedule: Schedule): object {
  return {
    ...summarize(schedule),
    Target: schedule.target,
    ScheduleExpression: schedule.expression,
    ScheduleExpressionTimezone: schedule.timeZone,
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: schedule.deleteWhenDone ? 'DELETE' : 'NONE',
    ...(schedule.description === undefined ? {} : { Description: schedule.description }),
    ...(schedule.startsAt === undefined ? {} : { StartDate: new Date(schedule.startsAt) }),
    ...(schedule.endsAt === undefined ? {} : { EndDate: new Date(schedule.endsAt) }),
  };
}

/** A time as the SDK gives it (Date), or as it stands on the wire (seconds, or ISO text). */
function instantOf(time: Date | number | string | undefined): number | undefined {
  if (time === undefined) return undefined;
  return typeof time === 'number' ? time * 1000 : new Date(time).getTime();
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message, 400);
}
