import type { Invariant } from './invariant.ts';

export const epochsRise: Invariant = {
  id: 'epochs-rise',
  says: 'an epoch never falls, and no two claims share one',
  kinds: ['TASK'],
  onChange({ before, after }) {
    if (before === undefined || after === undefined) return undefined;
    if (after.epoch < before.epoch) return `epoch ${before.epoch} became ${after.epoch}`;
    const claimed = after.status === 'claimed' && (before.status !== 'claimed' || before.owner !== after.owner);
    return claimed && after.epoch === before.epoch ? `claimed by ${after.owner} under the old epoch` : undefined;
  },
};
