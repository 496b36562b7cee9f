// A chain of entries for tests, as the ledger function makes it.

import { chain, emptyHead, headOf, type LedgerEntry, type LedgerEntryDraft } from '../../../core/ledger/entry.ts';

export function chainOf(drafts: readonly Partial<LedgerEntryDraft>[], runId = 'run-1'): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (const [index, draft] of drafts.entries()) {
    const head = entries.length === 0 ? emptyHead : headOf(entries.at(-1));
    const whole: LedgerEntryDraft = {
      kind: 'task',
      who: 'agent:intake',
      tool: { name: 'ideamine', version: '0.1.0' },
      inputs: ['ab'.repeat(32)],
      body: { step: index, note: 'as it was' },
      ...draft,
    };
    entries.push(chain(head, runId, new Date(Date.UTC(2026, 10, 22, 12, 0, index)).toISOString(), whole));
  }
  return entries;
}
