import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openWorld } from '../../../local/world.ts';
import { emptyFolder } from '../lambda/code-folder.ts';
import { START, testWorld } from '../lambda/lambda-world.ts';

const PLACE = 'us-east-1:000000000000';
const RoleArn = 'arn:aws:iam::000000000000:role/scheduler';
const schedule = (ScheduleExpression: string, more: object = {}) => ({
  Name: 's',
  ScheduleExpression,
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: `arn:aws:sqs:${PLACE}:q`, RoleArn, Input: '{"hello":1}' },
  ...more,
});

async function setUp() {
  const test = await testWorld();
  const { world } = test;
  await world.call('SQS', 'CreateQueue', { QueueName: 'q' });
  const call = (operation: string, input: object = {}) => world.call('Scheduler', operation, input);
  const arrived = async (): Promise<string[]> => {
    const { Messages = [] } = await world.call('SQS', 'ReceiveMessage', {
      QueueUrl: 'q',
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 43_200,
    });
    return Messages.map(({ Body }: { Body: string }) => Body);
  };
  return { ...test, call, arrived };
}

describe('a one-time schedule', () => {
  it('fires once at its time, and deletes itself when told to', async () => {
    const { call, pass, arrived, world } = await setUp();
    await call('CreateSchedule', schedule('at(2026-01-01T01:00:00)', { ActionAfterCompletion: 'DELETE' }));
    await pass(3599);
    expect(await arrived()).toEqual([]);
    expect((await call('ListSchedules')).Schedules).toHaveLength(1);
    await pass(1);
    expect(await arrived()).toEqual(['{"hello":1}']);
    expect((await call('ListSchedules')).Schedules).toEqual([]);
    expect(await world.run(() => false)).toBe('idle');
    expect(await arrived()).toEqual([]);
  });

  it('stays, and never fires again, when not told to delete itself', async () => {
    const { call, pass, arrived } = await setUp();
    await call('CreateSchedule', schedule('at(2026-01-01T01:00:00)'));
    await pass(86_400);
    expect(await arrived()).toEqual(['{"hello":1}']);
    expect(await call('GetSchedule', { Name: 's' })).toMatchObject({
      Name: 's',
      ActionAfterCompletion: 'NONE',
      State: 'ENABLED',
    });
  });

  it('in the past fires at once', async () => {
    const { call, pass, arrived } = await setUp();
    await call('CreateSchedule', schedule('at(2025-01-01T00:00:00)', { ActionAfterCompletion: 'DELETE' }));
    await pass(0.001);
    expect(await arrived()).toHaveLength(1);
  });

  it('that came due while no process ran fires once, as soon as one does', async () => {
    const file = join(emptyFolder(), 'world.sqlite');
    const before = await openWorld({ clock: { kind: 'virtual', start: START }, file });
    await before.call('SQS', 'CreateQueue', { QueueName: 'q' });
    await before.call(
      'Scheduler',
      'CreateSchedule',
      schedule('at(2026-01-01T01:00:00)', { ActionAfterCompletion: 'DELETE' }),
    );
    await before.call('Scheduler', 'CreateSchedule', schedule('rate(1 hour)', { Name: 'rate' }));
    await before.close();
    const after = await openWorld({ clock: { kind: 'virtual', start: START + 5.5 * 3_600_000 }, file });
    await after.run(() => false, { deadline: START + 5.75 * 3_600_000 });
    const { Attributes } = await after.call('SQS', 'GetQueueAttributes', { QueueUrl: 'q', AttributeNames: ['All'] });
    expect(Attributes.ApproximateNumberOfMessages).toBe('2');
    await after.run(() => false, { deadline: START + 6 * 3_600_000 });
    const later = await after.call('SQS', 'GetQueueAttributes', { QueueUrl: 'q', AttributeNames: ['All'] });
    expect(later.Attributes.ApproximateNumberOfMessages).toBe('3');
    await after.close();
  });
});

describe('a recurring schedule', () => {
  it('fires at its rate between its start and its end', async () => {
    const { call, pass, arrived } = await setUp();
    const StartDate = new Date(START + 10 * 60_000);
    const EndDate = new Date(START + 31 * 60_000);
    await call('CreateSchedule', schedule('rate(10 minutes)', { StartDate, EndDate }));
    await pass(12 * 60);
    expect(await arrived()).toHaveLength(1);
    await pass(10 * 60);
    expect(await arrived()).toHaveLength(1);
    await pass(3600);
    expect(await arrived()).toHaveLength(1);
  });

  it('follows its update, and is silent while disabled', async () => {
    const { call, pass, arrived } = await setUp();
    await call('CreateSchedule', schedule('rate(10 minutes)'));
    await call('UpdateSchedule', schedule('rate(1 hour)', { State: 'DISABLED' }));
    await pass(7200);
    expect(await arrived()).toEqual([]);
    await call('UpdateSchedule', schedule('rate(1 hour)'));
    await pass(3600);
    expect(await arrived()).toHaveLength(1);
    await call('DeleteSchedule', { Name: 's' });
    await pass(7200);
    expect(await arrived()).toEqual([]);
  });
});

describe('creating a schedule', () => {
  it('twice is a conflict, but not with the same token', async () => {
    const { call } = await setUp();
    const { ScheduleArn } = await call('CreateSchedule', schedule('rate(1 hour)', { ClientToken: 'one' }));
    expect(await call('CreateSchedule', schedule('rate(1 hour)', { ClientToken: 'one' }))).toEqual({ ScheduleArn });
    await expect(call('CreateSchedule', schedule('rate(1 hour)', { ClientToken: 'two' }))).rejects.toMatchObject({
      name: 'ConflictException',
      status: 409,
    });
  });

  it.each([
    [schedule('rate(1 hours)'), 'ValidationException'],
    [schedule('rate(1 hour)', { Name: 'a b' }), 'ValidationException'],
    [
      schedule('rate(1 hour)', { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 } }),
      'ValidationException',
    ],
    [schedule('rate(1 hour)', { ScheduleExpressionTimezone: 'Mars/Olympus' }), 'ValidationException'],
    [schedule('rate(1 hour)', { Target: { Arn: `arn:aws:sqs:${PLACE}:q` } }), 'ValidationException'],
    [schedule('rate(1 hour)', { Target: { Arn: `arn:aws:ecs:${PLACE}:cluster/c`, RoleArn } }), 'ValidationException'],
    [schedule('rate(1 hour)', { GroupName: 'none' }), 'ResourceNotFoundException'],
  ])('that makes no sense is refused', async (input, name) => {
    const { call } = await setUp();
    await expect(call('CreateSchedule', input)).rejects.toMatchObject({ name });
  });
});

describe('groups', () => {
  it('keep names apart, and take their schedules with them', async () => {
    const { call, pass, arrived } = await setUp();
    await call('CreateScheduleGroup', { Name: 'g' });
    await call('CreateSchedule', schedule('rate(1 hour)', { GroupName: 'g' }));
    await call('CreateSchedule', schedule('rate(1 hour)'));
    expect((await call('ListSchedules', { GroupName: 'g' })).Schedules).toHaveLength(1);
    await call('DeleteScheduleGroup', { Name: 'g' });
    await pass(3600);
    expect(await arrived()).toHaveLength(1);
    await expect(call('CreateScheduleGroup', { Name: 'default' })).rejects.toMatchObject({ name: 'ConflictException' });
  });
});

describe('a delivery', () => {
  it('fills in the attributes of its context', async () => {
    const { call, pass, arrived } = await setUp();
    const Input =
      '{"arn":"<aws.scheduler.schedule-arn>","at":"<aws.scheduler.scheduled-time>","try":"<aws.scheduler.attempt-number>"}';
    await call(
      'CreateSchedule',
      schedule('at(2026-01-01T01:00:00)', { Target: { Arn: `arn:aws:sqs:${PLACE}:q`, RoleArn, Input } }),
    );
    await pass(3600);
    expect(JSON.parse((await arrived())[0] as string)).toEqual({
      arn: `arn:aws:scheduler:${PLACE}:schedule/default/s`,
      at: '2026-01-01T01:00:00Z',
      try: '1',
    });
  });

  it('may call any operation there is', async () => {
    const { call, pass, arrived } = await setUp();
    const Target = {
      Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage',
      RoleArn,
      Input: '{"QueueUrl":"q","MessageBody":"by name"}',
    };
    await call('CreateSchedule', schedule('at(2026-01-01T01:00:00)', { Target }));
    await pass(3600);
    expect(await arrived()).toEqual(['by name']);
  });

  it('is tried again, then told to the dead-letter queue', async () => {
    const { call, pass, world } = await setUp();
    await world.call('SQS', 'CreateQueue', { QueueName: 'dead' });
    const Target = {
      Arn: `arn:aws:lambda:${PLACE}:function:none`,
      RoleArn,
      RetryPolicy: { MaximumRetryAttempts: 3 },
      DeadLetterConfig: { Arn: `arn:aws:sqs:${PLACE}:dead` },
    };
    await call('CreateSchedule', schedule('at(2026-01-01T01:00:00)', { Target }));
    await pass(7200);
    const { Messages } = await world.call('SQS', 'ReceiveMessage', {
      QueueUrl: 'dead',
      MessageAttributeNames: ['All'],
    });
    expect(Messages[0].MessageAttributes).toMatchObject({
      ERROR_CODE: { StringValue: 'ResourceNotFoundException' },
      RETRY_ATTEMPTS: { StringValue: '3' },
    });
  });
});
