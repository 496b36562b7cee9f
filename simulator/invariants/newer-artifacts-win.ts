import type { Invariant } from './invariant.ts';

export const newerArtifactsWin: Invariant = {
  id: 'newer-artifacts-win',
  says: 'an artifact gives way only to a later round or attempt of the phase that made it',
  kinds: ['ARTIFACT'],
  onChange({ before, after }) {
    if (before === undefined) return undefined;
    if (after === undefined) return 'it was deleted';
    if (after.phase !== before.phase) return `${after.phase} took the place of ${before.phase}`;
    const older = after.attempt < before.attempt || (after.attempt === before.attempt && after.round < before.round);
    return older ? 'an older one took its place' : undefined;
  },
};
