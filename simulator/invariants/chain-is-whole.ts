import { entryHash, GENESIS, type LedgerEntry } from '../../core/ledger/entry.ts';
import type { Invariant, Row } from './invariant.ts';

export const chainIsWhole: Invariant = {
  id: 'chain-is-whole',
  says: 'an entry follows the one before it: next number, its hash, and its own hash over its content',
  kinds: ['LEDGER'],
  onChange({ before, after }, view) {
    if (before !== undefined || after === undefined || typeof after.seq !== 'number') return undefined;
    const last: Row | undefined = view.ledger.get(`${after.pk}|${String(after.seq - 1).padStart(12, '0')}`);
    if (after.seq > 1 && last === undefined) return `number ${after.seq} stands without number ${after.seq - 1}`;
    if (after.prev !== (last?.hash ?? GENESIS)) return 'it does not follow the entry before it';
    const { pk: _pk, sk: _sk, expiresAt: _expires, ...entry } = after;
    return after.hash === entryHash(entry as unknown as LedgerEntry) ? undefined : 'its hash is not of its content';
  },
};
