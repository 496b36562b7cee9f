import type { Invariant } from './invariant.ts';

export const siblingsLive: Invariant = {
  id: 'siblings-live',
  says: "a branch's failure never kills its sibling: no phase is aborted unless the run was stopped",
  atEnd(end) {
    if (end.stopped) return [];
    return [...end.executions]
      .filter(([arn, status]) => status === 'ABORTED' && arn.includes('ideamine-local-phase'))
      .map(([arn]) => `${arn} was ABORTED`);
  },
};
