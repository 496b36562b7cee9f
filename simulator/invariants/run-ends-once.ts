import type { Invariant } from './invariant.ts';

export const runEndsOnce: Invariant = {
  id: 'run-ends-once',
  says: 'an ended run changes only by being opened again under another execution',
  kinds: ['RUN'],
  onChange({ before, after }) {
    if (before === undefined || before.status === 'RUNNING') return undefined;
    if (after === undefined) return 'it was deleted';
    if (after.status === 'RUNNING')
      return after.openings === before.openings + 1 && before.status === 'FAILED' ? undefined : 'it was opened again';
    return after.status === before.status && after.dossier?.sha256 === before.dossier?.sha256
      ? undefined
      : 'its end was rewritten';
  },
};
