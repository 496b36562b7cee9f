import type { Invariant } from './invariant.ts';

export const leaseIsWhole: Invariant = {
  id: 'lease-is-whole',
  says: 'a held task has an owner, a token, a heartbeat and its place in the index; one that waits holds none of them',
  kinds: ['TASK'],
  onChange({ after }) {
    if (after === undefined) return undefined;
    const { status, owner, token, heartbeatAt, gsi1pk } = after;
    if (status === 'claimed' && !(owner && token && heartbeatAt && gsi1pk)) return 'claimed without a whole lease';
    if (['planned', 'continuing', 'set-aside'].includes(status) && (token || owner || gsi1pk))
      return `${status}, and still holds a token or a place in the index`;
    return undefined;
  },
};
