import type { Invariant } from './invariant.ts';

export const outboxIsWrittenOnce: Invariant = {
  id: 'outbox-is-written-once',
  says: 'what is to be told is written once and never rewritten, and nothing of it is lost',
  kinds: ['OUT'],
  onChange({ before, after }) {
    return before !== undefined && after !== undefined ? 'it was rewritten' : undefined;
  },
  atEnd(end) {
    return end
      .of('OUT')
      .filter((row) => !end.ledger.has(`${row.pk}|ID#${row.id}`))
      .map((row) => `${row.id} was never numbered`);
  },
};
