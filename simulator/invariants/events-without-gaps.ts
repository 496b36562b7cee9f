import type { Invariant } from './invariant.ts';

export const eventsWithoutGaps: Invariant = {
  id: 'events-without-gaps',
  says: 'the events of a run are numbered one by one, and none is rewritten',
  kinds: ['EVENT'],
  onChange({ before, after }, view) {
    if (after === undefined) return undefined;
    if (before !== undefined) return 'it was overwritten';
    if (after.seq === 1 || view.data.has(`${after.pk}|EVENT#${String(after.seq - 1).padStart(12, '0')}`))
      return undefined;
    return `number ${after.seq} stands without number ${after.seq - 1}`;
  },
};
