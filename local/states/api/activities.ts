// Activities, and the workers that poll for their tasks.

import type { Operation } from '../../service.ts';
import type { Offer } from '../engine/offers.ts';
import { takeActivity } from '../engine/task.ts';
import { textOf } from '../json.ts';
import { activityMissing, requireArn, requireName } from './errors.ts';
import { arnOf, type Host } from './host.ts';
import { page } from './pages.ts';

/** GetActivityTask holds the poll open for a minute, then answers without a task. */
const POLL_MS = 60_000;

export function activityOperations(host: Host): Record<string, Operation> {
  const { activities } = host.resources;
  const { fabric, engine } = host;

  return {
    CreateActivity: (input) => {
      const name = requireName(input.name);
      const arn = arnOf(host, 'activity', name);
      const known = activities.get(arn);
      const activity =
        known ??
        activities.save({
          arn,
          name,
          createdAt: fabric.clock.now(),
          encryptionConfiguration: input.encryptionConfiguration ?? { type: 'AWS_OWNED_KEY' },
          tags: Object.fromEntries(
            (input.tags ?? []).map((tag: { key: string; value: string }) => [tag.key, tag.value]),
          ),
        });
      return { activityArn: arn, creationDate: new Date(activity.createdAt) };
    },

    DescribeActivity: (input) => {
      const activity = activities.get(requireArn(input.activityArn));
      if (!activity) throw activityMissing(input.activityArn);
      return {
        activityArn: activity.arn,
        name: activity.name,
        creationDate: new Date(activity.createdAt),
        encryptionConfiguration: activity.encryptionConfiguration,
      };
    },

    DeleteActivity: (input) => {
      activities.remove(requireArn(input.activityArn));
      return {};
    },

    ListActivities: (input) => {
      const list = activities.all().sort((a, b) => (a.name < b.name ? -1 : 1));
      const { items, nextToken } = page(list, input, 1024);
      return {
        activities: items.map(({ arn, name, createdAt }) => ({
          activityArn: arn,
          name,
          creationDate: new Date(createdAt),
        })),
        ...(nextToken === undefined ? {} : { nextToken }),
      };
    },

    GetActivityTask: (input) => {
      const arn = requireArn(input.activityArn);
      if (!activities.get(arn)) throw activityMissing(arn);
      const take = ({ execution, strand }: Offer) => {
        engine.guarded(execution, () => takeActivity(engine, execution, strand, input.workerName));
        return { taskToken: strand.task?.token, input: strand.task ? textOf(strand.task.parameters) : undefined };
      };
      const offer = engine.offers.next(arn);
      if (offer) return take(offer);
      return new Promise((resolve) => {
        const poll = {
          take: (found: Offer) => {
            timer.cancel();
            const answer = take(found);
            // The worker hears of the task once it is committed as started.
            fabric.turns.afterCommit(() => resolve(answer));
          },
        };
        const timer = fabric.timers.set(fabric.clock.now() + POLL_MS, () => {
          engine.offers.leave(arn, poll);
          resolve({});
        });
        engine.offers.wait(arn, poll);
      });
    },
  };
}
