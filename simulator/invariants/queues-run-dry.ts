import type { Invariant } from './invariant.ts';

export const queuesRunDry: Invariant = {
  id: 'queues-run-dry',
  says: 'every message of work is done with, and every dead letter was told to its execution',
  atEnd: (end) =>
    Object.entries(end.queued)
      .filter(([, count]) => count > 0)
      .map(([queue, count]) => `${count} messages are left in ${queue}`),
};
