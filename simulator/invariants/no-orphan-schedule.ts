import type { Invariant } from './invariant.ts';

export const noOrphanSchedule: Invariant = {
  id: 'no-orphan-schedule',
  says: 'no schedule is without an owner: when all runs have ended, none is left',
  atEnd: (end) => end.schedules.map((name) => `${name} is still there`),
};
