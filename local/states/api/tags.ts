// Tags of machines and activities.

import type { Operation } from '../../service.ts';
import { requireArn, resourceMissing } from './errors.ts';
import type { Host } from './host.ts';

export function tagOperations(host: Host): Record<string, Operation> {
  const { machines, activities } = host.resources;

  const change = (arn: unknown, work: (tags: Record<string, string>) => void) => {
    const text = requireArn(arn);
    const machine = machines.get(text);
    const activity = activities.get(text);
    if (machine) {
      work(machine.tags);
      machines.save(machine);
    } else if (activity) {
      work(activity.tags);
      activities.save(activity);
    } else throw resourceMissing(text);
    return {};
  };

  return {
    TagResource: (input) =>
      change(input.resourceArn, (tags) => {
        for (const { key, value } of input.tags ?? []) tags[key] = value ?? '';
      }),
    UntagResource: (input) =>
      change(input.resourceArn, (tags) => {
        for (const key of input.tagKeys ?? []) delete tags[key];
      }),
    ListTagsForResource: (input) => {
      const arn = requireArn(input.resourceArn);
      const tags = (machines.get(arn) ?? activities.get(arn))?.tags;
      if (!tags) throw resourceMissing(arn);
      return { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) };
    },
  };
}
