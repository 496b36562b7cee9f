// EventBridge Scheduler as its user guide says: "Schedule types" (docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html),
// "Managing a schedule: deletion after completion" (managing-schedule-delete.html), "Configuring a dead-letter queue"
// (configuring-schedule-dlq.html) and the API reference's RetryPolicy (API_RetryPolicy.html).

import { describe, expect, it } from '@jest/globals';
import { START, testWorld } from '../lambda/lambda-world.ts';

const PLACE = 'us-east-1:000000000000';
const RoleArn = 'arn:aws:iam::000000000000:role/scheduler';
const queue = (name: string) => `arn:aws:sqs:${PLACE}:${name}`;
const MINUTE = 60;
const HOUR = 60 * MINUTE;

async function setUp() {
  const { world, pass } = await testWorld();
  for (const QueueName of ['q', 'dead']) await world.call('SQS', 'CreateQueue', { QueueName });
  const schedule = (ScheduleExpression: string, more: object = {}) =>
    world.call('Scheduler', 'CreateSchedule', {
      Name: 's',
      ScheduleExpression,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: queue('q'), RoleArn, Input: '<aws.scheduler.scheduled-time>' },
      ...more,
    });
  /** Passes `seconds` and tells what came to the queue meanwhile. */
  const arrivals = async (seconds: number, QueueUrl = 'q') => {
    await pass(seconds);
    const all: { Body: string; MessageAttributes?: Record<string, { StringValue: string }> }[] = [];
    for (;;) {
      const ask = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
      const { Messages = [] } = await world.call('SQS', 'ReceiveMessage', ask);
      if (Messages.length === 0) return all;
      all.push(...Messages);
      for (const { ReceiptHandle } of Messages) await world.call('SQS', 'DeleteMessage', { QueueUrl, ReceiptHandle });
    }
  };
  const bodies = async (seconds: number) => (await arrivals(seconds)).map(({ Body }) => Body);
  const left = async () => (await world.call('Scheduler', 'ListSchedules', {})).Schedules.length as number;
  return { world, schedule, arrivals, bodies, left };
}

describe('a schedule', () => {
  it('at() runs once, at a time of its time zone, given without offset', async () => {
    const { schedule, bodies } = await setUp();
    await schedule('at(2026-01-01T13:00:00)', { ScheduleExpressionTimezone: 'Asia/Tokyo' });
    expect(await bodies(24 * HOUR)).toEqual(['2026-01-01T04:00:00Z']);
  });

  it('rate() starts at its StartDate, and without one counts from its creation', async () => {
    const { schedule, bodies } = await setUp();
    await schedule('rate(5 minutes)');
    expect(await bodies(10 * MINUTE)).toEqual(['2026-01-01T00:05:00Z', '2026-01-01T00:10:00Z']);
    await schedule('rate(30 minutes)', { Name: 'later', StartDate: new Date(START + HOUR * 1000) });
    const both = await bodies(2 * HOUR - 10 * MINUTE);
    // Of the two, those of the half hours: at the start date itself, then at the rate.
    const counts = new Map<string, number>();
    for (const body of both) counts.set(body, (counts.get(body) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count === 2).map(([body]) => body)).toEqual([
      '2026-01-01T01:00:00Z',
      '2026-01-01T01:30:00Z',
      '2026-01-01T02:00:00Z',
    ]);
  });

  it('cron() runs at each time it names, in its time zone', async () => {
    const { schedule, bodies } = await setUp();
    await schedule('cron(15 10 ? * 6L 2026-2027)', { ScheduleExpressionTimezone: 'Europe/Berlin' });
    expect(await bodies(30 * 24 * HOUR)).toEqual(['2026-01-30T09:15:00Z']);
    expect(await bodies(28 * 24 * HOUR)).toEqual(['2026-02-27T09:15:00Z']);
  });

  it('with ActionAfterCompletion DELETE goes after its last target call: at its time, or at its last before EndDate', async () => {
    const { schedule, bodies, left } = await setUp();
    await schedule('at(2026-01-01T01:00:00)', { ActionAfterCompletion: 'DELETE' });
    const EndDate = new Date(START + 25 * MINUTE * 1000);
    await schedule('rate(10 minutes)', { Name: 'r', EndDate, ActionAfterCompletion: 'DELETE' });
    await schedule('rate(10 minutes)', { Name: 'kept', EndDate, ActionAfterCompletion: 'NONE' });
    expect(await bodies(15 * MINUTE)).toHaveLength(2);
    expect(await left()).toBe(3);
    expect(await bodies(15 * MINUTE)).toHaveLength(2);
    expect(await left()).toBe(2);
    expect(await bodies(HOUR)).toEqual(['2026-01-01T01:00:00Z']);
    expect(await left()).toBe(1);
  });
});

describe('a retry policy', () => {
  const target = (RetryPolicy: object) => ({
    Target: {
      Arn: `arn:aws:lambda:${PLACE}:function:none`,
      RoleArn,
      Input: '{"n":1}',
      RetryPolicy,
      DeadLetterConfig: { Arn: queue('dead') },
    },
  });

  it.each([
    [{ MaximumRetryAttempts: 0 }, '0'],
    [{ MaximumRetryAttempts: 4, MaximumEventAgeInSeconds: 86_400 }, '4'],
  ])('%j: tries again that often, then the dead-letter queue is told why', async (policy, attempts) => {
    const { schedule, arrivals } = await setUp();
    await schedule('at(2026-01-01T00:01:00)', target(policy));
    const [message, ...more] = await arrivals(24 * HOUR, 'dead');
    expect(more).toEqual([]);
    expect(message?.Body).toBe('{"n":1}');
    const told = Object.fromEntries(
      Object.entries(message?.MessageAttributes ?? {}).map(([name, { StringValue }]) => [name, StringValue]),
    );
    expect(told).toMatchObject({
      SCHEDULE_ARN: `arn:aws:scheduler:${PLACE}:schedule/default/s`,
      TARGET_ARN: `arn:aws:lambda:${PLACE}:function:none`,
      RETRY_ATTEMPTS: attempts,
      ERROR_CODE: 'ResourceNotFoundException',
      ERROR_MESSAGE: expect.any(String),
    });
  });

  it('gives up when the event is older than MaximumEventAgeInSeconds, whatever attempts are left', async () => {
    const { schedule, arrivals } = await setUp();
    await schedule('at(2026-01-01T00:00:00)', target({ MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 60 }));
    const [message] = await arrivals(61, 'dead');
    const attempts = Number(message?.MessageAttributes?.RETRY_ATTEMPTS?.StringValue);
    expect(attempts).toBeGreaterThan(0);
    expect(attempts).toBeLessThan(60);
  });

  it('reaches a target that comes back in time, once, with the attempt it took', async () => {
    const { world, schedule, arrivals } = await setUp();
    const Target = { Arn: queue('late'), RoleArn, Input: 'try <aws.scheduler.attempt-number>' };
    await schedule('at(2026-01-01T00:00:00)', { Target });
    expect(await arrivals(10, 'dead')).toEqual([]);
    await world.call('SQS', 'CreateQueue', { QueueName: 'late' });
    const came = await arrivals(HOUR, 'late');
    expect(came).toHaveLength(1);
    expect(Number(came[0]?.Body.slice(4))).toBeGreaterThan(1);
    expect(await arrivals(24 * HOUR, 'late')).toEqual([]);
  });
});
