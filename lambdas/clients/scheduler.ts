// One-time schedules with names made from what they are for, and the one recurring schedule of the stall sweep.
// Creating one that exists and deleting one that does not are both the state that was wanted.

import {
  ActionAfterCompletion,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  FlexibleTimeWindowMode,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { throttlingOnly } from './throttling-only.ts';

interface Target {
  readonly functionArn: string;
  readonly payload: object;
}

export interface Schedules {
  /** Fires once at `at` (ISO time, whole seconds are kept) and deletes itself; an older one of the name gives way. */
  once(name: string, at: string, target: Target): Promise<void>;
  /** `rate`, such as `rate(1 minute)`. */
  recurring(name: string, rate: string, target: Target): Promise<void>;
  remove(name: string): Promise<void>;
}

export function createSchedules(group: string, roleArn: string): Schedules {
  const client = new SchedulerClient({ retryStrategy: throttlingOnly });
  const common = (name: string, target: Target) => ({
    Name: name,
    GroupName: group,
    FlexibleTimeWindow: { Mode: FlexibleTimeWindowMode.OFF },
    Target: { Arn: target.functionArn, RoleArn: roleArn, Input: JSON.stringify(target.payload) },
  });
  return {
    async once(name, at, target) {
      const schedule = {
        ...common(name, target),
        ScheduleExpression: `at(${at.slice(0, 19)})`,
        ScheduleExpressionTimezone: 'UTC',
        ActionAfterCompletion: ActionAfterCompletion.DELETE,
      };
      const made = await unless('ConflictException', () => client.send(new CreateScheduleCommand(schedule)));
      if (!made) await client.send(new UpdateScheduleCommand(schedule));
    },
    async recurring(name, rate, target) {
      const schedule = { ...common(name, target), ScheduleExpression: rate };
      await unless('ConflictException', () => client.send(new CreateScheduleCommand(schedule)));
    },
    async remove(name) {
      await unless('ResourceNotFoundException', () =>
        client.send(new DeleteScheduleCommand({ Name: name, GroupName: group })),
      );
    },
  };
}

async function unless(expected: string, act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === expected) return false;
    throw thrown;
  }
}
