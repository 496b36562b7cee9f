import type { Invariant } from './invariant.ts';

export const ledgerIsAppendOnly: Invariant = {
  id: 'ledger-is-append-only',
  says: 'an entry of the ledger is never changed and never deleted',
  kinds: ['LEDGER'],
  onChange({ before, after }) {
    if (before === undefined) return undefined;
    return after === undefined ? 'it was deleted' : 'it was overwritten';
  },
};
