// Drafts of ledger entries that the handlers themselves make.

import type { Json } from '../core/json.ts';
import type { LedgerEntryDraft } from '../core/ledger/entry.ts';
import { TOOL } from './version.ts';

/** A decision of a handler, with what it was based on in `body`. */
export function decision(who: string, body: Json, inputs: readonly string[] = []): LedgerEntryDraft {
  return { kind: 'decision', who, tool: TOOL, inputs, body };
}
